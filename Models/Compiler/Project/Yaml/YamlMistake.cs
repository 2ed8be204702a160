using Models.Compiler.Diagnostics;
using YamlDotNet.Core;

namespace Models.Compiler.Project.Yaml;

/// <summary>Says what a yaml error usually comes from, where the parser's own words do not.</summary>
internal static class YamlMistake
{
    public static string Describe(SourceText source, YamlException e)
    {
        var reason = FirstLine(e.Message).TrimEnd('.');
        var line = LineOf(source, (int)e.Start.Line);
        if (line.TrimStart(' ').StartsWith('\t'))
            return "a tab indents the line; yaml allows spaces only";
        if (line.Contains("{{", StringComparison.Ordinal) && !line.Contains('"', StringComparison.Ordinal) && !line.Contains('\'', StringComparison.Ordinal))
            return $"{reason}; a value that begins with '{{{{' must stand in quotes";
        return reason;
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
