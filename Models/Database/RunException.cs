using Models.Diagnostics;

namespace Models.Database;

/// <summary>A run could not start or continue; the message is one line for the user.</summary>
public sealed class RunException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The project's errors, if they are the reason.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
