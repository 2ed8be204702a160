using System.Reflection;
using System.Text;

namespace Models.Runner.Docs;

/// <summary>The documentation: one page that renders manifest.json, catalog.json and run_results.json.</summary>
internal static class DocsSite
{
    private static readonly (string Name, string File)[] Data = [("manifest", "manifest.json"), ("catalog", "catalog.json"), ("results", "run_results.json")];

    /// <summary>The files that the page requests.</summary>
    public static IEnumerable<string> Files => Data.Select(d => d.File);

    /// <summary>The page for a server, which fetches its data.</summary>
    public static string Page() => Assemble("");

    /// <summary>The page with embedded data: a single file that can be opened locally.</summary>
    public static string StaticPage(string folder)
    {
        var data = new StringBuilder("window.leadline = {");
        foreach (var (name, file) in Data)
        {
            var path = Path.Combine(folder, file);

            // in JSON, '<' occurs only in strings; unescaped, '</script>' or '<!--' would change where our script ends
            data.Append($"\n{name}: {(File.Exists(path) ? File.ReadAllText(path).Replace("<", "\\u003c", StringComparison.Ordinal) : "null")},");
        }

        return Assemble(data.Append("\n};").ToString());
    }

    private static string Assemble(string data) => Resource("page.html")
        .Replace("/*style*/", Resource("page.css"), StringComparison.Ordinal)
        .Replace("/*script*/", $"{Resource("markdown.js")}\n{Resource("lineage.js")}\n{Resource("page.js")}", StringComparison.Ordinal)
        .Replace("/*data*/", data, StringComparison.Ordinal);

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Models.Runner.Docs.Site.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
