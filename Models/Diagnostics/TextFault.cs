namespace Models.Diagnostics;

/// <summary>The first position at which a file is not valid UTF-8 text, and how to fix it.</summary>
/// <param name="Span">The position in lines and characters.</param>
/// <param name="Reason">What was found at which offset, and how to fix it, as one sentence without its full stop.</param>
public sealed record TextFault(SourceSpan Span, string Reason);
