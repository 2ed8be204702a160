using Models.Database;

namespace Models.Runner.Commands;

/// <c>leadline deps --add-package</c>: adds an entry to packages.yml.
internal static class PackageEntry
{
    /// <param name="root">The project's folder.</param>
    /// <param name="package">In dbt's form: <c>dbt-labs/dbt_utils@1.3.0</c>, <c>https://...git@v1</c>, or a folder.</param>
    /// <param name="source"><c>hub</c>, <c>git</c> or <c>local</c>.</param>
    /// <returns>A message that describes the change.</returns>
    /// <exception cref="RunException">The version is missing, or the package is already listed.</exception>
    public static string Add(string root, string package, string source)
    {
        var at = package.LastIndexOf('@');
        var (name, version) = source == "local" || at <= 0 ? (package, null) : (package[..at], package[(at + 1)..]);
        if (source != "local" && string.IsNullOrEmpty(version))
            throw new RunException($"--add-package needs a version: '{name}@VERSION'.");

        var file = Path.Combine(root, File.Exists(Path.Combine(root, "dependencies.yml")) && !File.Exists(Path.Combine(root, "packages.yml"))
            ? "dependencies.yml"
            : "packages.yml");
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        if (text.Contains($": {name}\n", StringComparison.Ordinal) || text.Contains($": \"{name}\"", StringComparison.Ordinal))
            throw new RunException($"'{name}' is in {Path.GetFileName(file)} already; change its version there.");

        var entry = source switch
        {
            "local" => $"  - local: {name}\n",
            "git" => $"  - git: \"{name}\"\n    revision: \"{version}\"\n",
            _ => $"  - package: {name}\n    version: \"{version}\"\n",
        };
        File.WriteAllText(file, With(text, entry));
        return $"Added '{name}' to {Path.GetFileName(file)}";
    }

    private static string With(string text, string entry)
    {
        var lines = text.Length == 0 ? [] : text.TrimEnd().ReplaceLineEndings("\n").Split('\n').ToList();
        var head = lines.FindIndex(l => l.StartsWith("packages:", StringComparison.Ordinal));
        if (head < 0)
        {
            lines.Add("packages:");
            head = lines.Count - 1;
        }

        // use the indentation of the existing entries
        var indent = lines.Skip(head + 1).FirstOrDefault(l => l.TrimStart().StartsWith('-')) is { } first ? first.Length - first.TrimStart().Length : 2;
        var added = entry.TrimEnd().Split('\n').Select(l => new string(' ', indent) + l[2..]);
        lines.InsertRange(head + 1, added);
        return string.Join('\n', lines) + "\n";
    }
}
