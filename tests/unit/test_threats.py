"""Each threat that was thought of has tests by name; one that is renamed or gone is missed here."""

import ast
from functools import lru_cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
THREATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "S1": (
        "a stolen credential of the application opens every mailbox",
        (
            "service/test_doctor_reach.py::test_a_mailbox_that_is_refused_proves_it",
            "service/test_doctor_reach.py::test_a_mailbox_that_can_be_read_is_bad_and_says_what_to_do",
            "service/test_doctor_reach.py::test_both_clouds_are_tried_over_http",
            "unit/test_sandbox_access.py::test_a_consent_taken_back_closes_the_mailbox_until_it_is_given_again",
            "unit/test_transport_egress.py::test_a_write_to_the_cloud_is_refused_until_go_live_and_the_refusal_names_the_command",
        ),
    ),
    "S2": (
        "domain-wide delegation acts for anybody",
        (
            "unit/test_google_access.py::test_no_token_is_asked_for_an_account_that_is_not_ours",
            "unit/test_google_access.py::test_the_token_is_asked_for_one_person_and_the_least_power",
            "unit/test_google_access.py::test_of_an_account_that_shows_busy_times_only_no_more_power_is_asked_for",
            "unit/test_sandbox_access.py::test_a_token_does_only_what_its_scopes_allow",
        ),
    ),
    "S3": (
        "secrets at rest are read",
        (
            "unit/test_settings.py::test_a_secret_file_that_others_can_reach_is_refused",
            "unit/test_keys.py::test_a_master_key_file_that_others_can_read_is_misconfigured",
            "unit/test_settings.py::test_no_secret_is_in_what_settings_show_of_themselves",
            "contract/test_store_sealed.py::test_no_file_of_the_store_holds_a_readable_word_or_address",
            "acceptance/test_canaries.py::test_no_planted_string_is_in_the_log_in_the_pages_in_the_store_or_in_a_backup",
        ),
    ),
    "S4": (
        "a forged hint of Graph's",
        (
            "unit/test_webhook_answers.py::test_a_forged_proof_is_answered_like_a_right_one_and_means_nothing",
            "unit/test_webhook_answers.py::test_a_validation_that_is_none_is_not_echoed",
            "unit/test_webhook_listener.py::test_right_and_wrong_proofs_are_answered_with_the_same_bytes",
            "unit/test_webhook_listener.py::test_a_validation_token_is_given_back_as_plain_text_that_nothing_interprets",
        ),
    ),
    "S5": (
        "a forged hint of Google's",
        (
            "unit/test_webhook_answers.py::test_a_hint_of_google_s_needs_its_channel_and_its_token",
            "unit/test_webhook_answers.py::test_a_forged_or_first_hint_of_google_s_is_answered_alike_and_means_nothing",
        ),
    ),
    "S6": (
        "the listener is flooded or held open",
        (
            "unit/test_webhook_listener.py::test_a_body_that_is_announced_too_large_is_refused_before_it_comes",
            "unit/test_webhook_listener.py::test_a_slow_caller_is_cut_off_and_holds_up_nobody",
            "unit/test_webhook_listener.py::"
            "test_beyond_so_many_open_connections_the_next_one_is_turned_away_and_later_ones_are_served_again",
            "unit/test_webhook_answers.py::test_only_the_first_hundred_items_are_read",
        ),
    ),
    "S7": (
        "a command by a mail that only looks like a person's",
        (
            "unit/test_mail_trust_spoofs.py::test_a_sender_who_is_not_plainly_the_person_is_not_believed",
            "unit/test_mail_trust_spoofs.py::test_what_fails_or_is_forged_is_refused_and_what_lacks_a_proof_is_held",
            "service/test_inbox.py::test_an_automatic_reply_in_our_thread_never_acts",
            "service/test_inbox.py::test_the_right_words_from_a_strange_address_in_our_thread_are_held_and_do_nothing",
            "service/test_mail_loops.py::test_a_machine_that_answers_each_mail_of_ours_at_once_gets_not_one_more_for_it",
        ),
    ),
    "S8": (
        "words that become headers, HTML or calendar properties",
        (
            "unit/test_mail_headers.py::test_thousands_of_envelopes_made_to_add_a_header_add_none",
            "unit/test_mail_headers.py::test_any_subject_and_name_reads_back",
            "unit/test_mail_html.py::test_every_mail_is_well_formed_html",
            "unit/test_mail_ics.py::test_nobodys_name_can_add_a_line_or_say_something_else",
        ),
    ),
    "S9": (
        "a cell of a list that is a formula",
        ("unit/test_csv_table.py::test_a_formula_is_refused_with_and_without_blanks_before_it",),
    ),
    "S10": (
        "a private note reaches somebody else",
        (
            "service/test_privacy.py::test_private_words_reach_their_author_and_nothing_else",
            "acceptance/test_canaries.py::"
            "test_no_command_tells_a_secret_a_private_note_or_what_strangers_and_calendars_say",
            "acceptance/test_canaries.py::test_all_were_planted_and_came_to_where_they_may_be",
        ),
    ),
    "S11": (
        "what was erased is still there",
        (
            "service/test_forgetting.py::test_of_twenty_planted_strings_none_is_found_anywhere_after_forgetting",
            "unit/test_keys.py::test_no_trace_of_a_destroyed_key_is_left_in_the_files",
            "service/test_forgetting.py::test_the_others_own_facts_still_replay",
        ),
    ),
    "S12": (
        "nobody can say what is kept of a person",
        (
            "unit/test_domain_classified.py::test_every_text_in_plain_is_known_to_name_nobody",
            "service/test_forgetting.py::test_an_export_holds_all_that_is_hers_and_nothing_of_the_other",
            "acceptance/test_canaries.py::test_what_one_person_can_export_holds_no_other_persons_words",
        ),
    ),
    "S13": (
        "the log tells",
        (
            "unit/test_cli_logs.py::test_every_key_that_is_logged_is_listed",
            "unit/test_cli_logs.py::test_an_exception_is_told_by_its_kinds_and_places_and_not_by_its_words",
            "unit/test_cli_scrubbing.py::test_addresses_and_tokens_are_taken_out_of_values",
            "unit/test_health.py::test_no_family_has_a_label_that_could_name_anybody",
            "acceptance/test_canaries.py::test_no_planted_string_is_in_the_log_in_the_pages_in_the_store_or_in_a_backup",
        ),
    ),
}
"""By their numbers: what each is, and the tests that hold against it. Against S9 also that nothing here writes CSV."""


@lru_cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of a file's tests."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_threat_has_its_tests() -> None:
    assert list(THREATS) == [f"S{number}" for number in range(1, 14)]
    assert all(tests for _, tests in THREATS.values())


@pytest.mark.parametrize("threat", THREATS)
def test_the_named_tests_exist(threat: str) -> None:
    named = [test.split("::") for test in THREATS[threat][1]]
    assert [name for file, name in named if not name.startswith("test_") or name not in names_in(file)] == []


def test_nothing_here_writes_a_list_that_a_spreadsheet_would_open() -> None:
    sources = [
        path for room in ("cli", "service", "adapters", "domain") for path in (TESTS.parent / room).rglob("*.py")
    ]
    assert [path.name for path in sources if "csv.writer" in path.read_text("utf-8")] == []
