"""What a fault says, in the words of the cloud that it strikes."""

import email.utils
from datetime import datetime, timedelta

from adapters.sandbox.faults import Fault
from adapters.sandbox.wire import Answer, Operation, Reject, google_error, graph_error

BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
GRAPH = {
    "401": (401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
    "403": (403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    "404": (404, "ErrorItemNotFound", "The specified object was not found in the store."),
    "409": (409, "ErrorDuplicateTransactionId", "The transactionId was used for another event."),
    "412": (412, "ErrorIrresolvableConflict", "The send or update operation could not be performed."),
    "429": (429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
    "500": (500, "ErrorInternalServerError", "An internal server error occurred. The operation failed."),
    "503": (503, "serviceNotAvailable", "The service is temporarily unavailable."),
    "504": (504, "UnknownError", "The gateway did not answer in time."),
}
GOOGLE = {
    "401": (401, "authError", "Invalid Credentials", "global"),
    "403": (403, "forbidden", "Forbidden", "calendar"),
    "404": (404, "notFound", "Not Found", "global"),
    "409": (409, "duplicate", "The requested identifier already exists.", "global"),
    "412": (412, "conditionNotMet", "Precondition Failed", "global"),
    "429": (429, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"),
    "500": (500, "backendError", "Backend Error", "global"),
    "503": (503, "backendError", "Backend Error", "global"),
    "504": (504, "backendError", "Backend Error", "global"),
    "quotaExceeded": (403, "quotaExceeded", "Calendar usage limits exceeded.", "usageLimits"),
    "rateLimitExceeded": (403, "rateLimitExceeded", "Rate Limit Exceeded", "usageLimits"),
    "userRateLimitExceeded": (403, "userRateLimitExceeded", "User Rate Limit Exceeded", "usageLimits"),
    "dailyLimitExceeded": (403, "dailyLimitExceeded", "Daily Limit Exceeded", "usageLimits"),
}


def refusal(fault: Fault, operation: Operation, now: datetime) -> Reject:
    """The answer that this fault gives in its cloud's own words."""
    headers = retry_after(fault, now)
    if fault.fault == "502":
        return Reject(Answer(502, BAD_GATEWAY, {"content-type": "text/html; charset=utf-8", **headers}))
    if fault.fault == "expired_cursor":
        return sync_state_gone() if operation.provider == "microsoft" else google_cursor_gone(operation)
    if operation.provider == "google":
        return google_error(*GOOGLE[fault.fault], headers)
    # Graph always says how long to wait when it throttles.
    return graph_error(*GRAPH[fault.fault], {"Retry-After": "1"} | headers if fault.fault == "429" else headers)


def retry_after(fault: Fault, now: datetime) -> dict[str, str]:
    """The Retry-After that the fault asks for: as it is written, or `date:600` as the HTTP date so far from now."""
    text = fault.retry_after
    if not text or fault.fault == "401":
        return {}
    if text.startswith("date:"):
        text = email.utils.format_datetime(now + timedelta(seconds=int(text.removeprefix("date:"))), usegmt=True)
    return {"Retry-After": text}


def sync_state_gone() -> Reject:
    """Graph's answer to a delta link that is too old."""
    return graph_error(
        410, "syncStateNotFound", "The sync state generation is not found; full synchronization is required."
    )


def google_cursor_gone(operation: Operation) -> Reject:
    """Google's answer to a cursor that is too old: Gmail does not find it, Calendar wants a full round."""
    if operation.name == "history.list":
        return google_error(404, "notFound", "Requested entity was not found.")
    message = "Sync token is no longer valid, a full sync is required."
    return google_error(410, "fullSyncRequired", message, "calendar")
