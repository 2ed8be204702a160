namespace Models.Diagnostics;

/// <summary>A file is not valid UTF-8 text.</summary>
public sealed class TextFileException(TextFault fault, Exception? inner = null) : Exception($"{fault.Span}: {fault.Reason}", inner)
{
    public TextFault Fault { get; } = fault;
}
