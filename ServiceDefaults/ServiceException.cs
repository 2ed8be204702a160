namespace ServiceDefaults;

/// <summary>
/// Ends a service for a reason that its user can mend. The message is one line: what is wrong, with which thing, and the way out.
/// </summary>
public sealed class ServiceException(string message, Exception? inner = null) : Exception(message, inner);
