"""Service errors, as they appear in CloudFormation's events."""


class Refused(ValueError):
    """A service refuses a request. The text is what CloudFormation shows."""

    def __init__(self, text: str, message: str = "", status: int = 400):
        super().__init__(text)
        self.message = message or text  # the service's own message
        self.status = status


def refused(service: str, message: str, status: int = 400, handler_error: str = "") -> Refused:
    code = handler_error or {404: "NotFound", 409: "AlreadyExists"}.get(status, "InvalidRequest")
    text = (
        f'Resource handler returned message: "{message} (Service: {service}, Status Code: {status})" '
        f"(HandlerErrorCode: {code})"
    )
    return Refused(text, message, status)


def already_exists(resource_type: str, name: str) -> Refused:
    return Refused(
        f"Resource of type '{resource_type}' with identifier '{name}' already exists. (HandlerErrorCode: AlreadyExists)"
    )
