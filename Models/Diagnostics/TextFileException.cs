namespace Models.Diagnostics;

/// <summary>A file holds something else than text in UTF-8.</summary>
public sealed class TextFileException(TextFault fault, Exception? inner = null) : Exception($"{fault.Span}: {fault.Reason}", inner)
{
    public TextFault Fault { get; } = fault;
}
