using Models.Diagnostics;

namespace Models.Database;

/// <summary>A run that could not start or go on, said in one line for the person who started it.</summary>
public sealed class RunException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong with the project, where that was the reason.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
