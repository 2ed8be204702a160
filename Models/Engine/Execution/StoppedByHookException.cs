namespace Models.Engine.Execution;

/// <summary>An on-run-start hook stopped the run before any node.</summary>
internal sealed class StoppedByHookException(string message, Exception inner) : Exception(message, inner);
