namespace Models.Diagnostics;

/// <summary>Where a file stops being text in UTF-8, and what to do about it.</summary>
/// <param name="Span">The place, in lines and characters.</param>
/// <param name="Reason">What was found at which offset, and the correction, in one sentence without its end.</param>
public sealed record TextFault(SourceSpan Span, string Reason);
