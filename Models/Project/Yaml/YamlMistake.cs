using Models.Diagnostics;
using Models.Project.Diagnostics;
using YamlDotNet.Core;

namespace Models.Project.Yaml;

/// <summary>Explains a YAML error and its position where the parser's own message does not.</summary>
internal static class YamlMistake
{
    public static Diagnostic Describe(SourceText source, YamlException e)
    {
        if (FindTabIndent(source) is { } tab)
            return ProjectDiagnostics.InvalidYaml(tab, "a tab indents the line; yaml allows spaces only");

        var span = e.Start.Line == 0
            ? SourceSpan.WholeFile(source.Path)
            : new SourceSpan(source.Path, (int)e.Start.Line, (int)e.Start.Column, (int)e.End.Line, (int)e.End.Column);
        var reason = FirstLine((e.InnerException ?? e).Message).TrimEnd('.');
        if (LineOf(source, span.StartLine).Contains(": {{", StringComparison.Ordinal))
            reason += "; a value that begins with '{{' must stand in quotes";
        return ProjectDiagnostics.InvalidYaml(span, reason);
    }

    private static SourceSpan? FindTabIndent(SourceText source)
    {
        var text = source.Text;
        var isIndent = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\t' && isIndent)
                return source.Span(i, 1);

            isIndent = text[i] == '\n' || (isIndent && text[i] == ' ');
        }

        return null;
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? message : message[..end];
    }

    private static string LineOf(SourceText source, int line)
    {
        using var reader = new StringReader(source.Text);
        for (var i = 1; i < line; i++)
            reader.ReadLine();

        return reader.ReadLine() ?? "";
    }
}
