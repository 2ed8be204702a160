namespace AppHost.Launch;

/// <summary>The application cannot be started as asked. The message is one line.</summary>
internal sealed class LaunchException(string message) : Exception(message);
