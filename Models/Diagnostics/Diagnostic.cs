using System.Collections.Immutable;

namespace Models.Diagnostics;

/// <summary>A finding in a user's project: what was found, where, and how to fix it.</summary>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, SourceSpan Span, ImmutableArray<string> Arguments)
{
    public string Id => Descriptor.Id;

    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>The message in one line, without position and id.</summary>
    public string Message => string.Format(Descriptor.Format, [.. Arguments]);

    public static Diagnostic Create(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> arguments) =>
        new(descriptor, span, [.. arguments]);

    /// <summary>The canonical form: <c>file(line,column): error MDL4001: message</c>.</summary>
    public override string ToString() => $"{Span}: {SeverityWord} {Id}: {Message}";

    private string SeverityWord => Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
