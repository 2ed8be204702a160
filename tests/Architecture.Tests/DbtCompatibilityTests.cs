namespace Architecture.Tests;

/// <summary>What the page on dbt claims is shown by tests.</summary>
public sealed class DbtCompatibilityTests
{
    private static readonly string[] States = ["works", "differs", "not yet", "not there"];

    [Fact]
    public void Every_row_has_a_state() =>
        Rows().Where(row => !States.Contains(row.State)).ShouldBeEmpty();

    [Fact]
    public void What_works_or_differs_names_the_test_classes_that_show_it()
    {
        var classes = Repository.SourceFiles()
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && HasTests(path))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .ToHashSet(StringComparer.Ordinal);

        var unshown = Rows()
            .Where(row => row.State is "works" or "differs")
            .Where(row => row.ShownBy.Length == 0 || !row.ShownBy.All(classes.Contains))
            .Select(row =>
                $"docs/dbt-compatibility.md, '{row.Feature}': name existing test classes in the last column, not '{string.Join(", ", row.ShownBy)}'");

        unshown.ShouldBeEmpty();
    }

    private static bool HasTests(string path)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        return text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("[Theory", StringComparison.Ordinal);
    }

    private static IEnumerable<Row> Rows()
    {
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "docs", "dbt-compatibility.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1))
        {
            var cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            yield return new Row(cells[0], cells[1], cells[^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }

    private sealed record Row(string Feature, string State, string[] ShownBy);
}
