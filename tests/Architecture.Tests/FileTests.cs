using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What every source file keeps to.</summary>
public sealed class FileTests
{
    private static readonly string[] NamesThatSayNothing = ["Util", "Utils", "Helper", "Helpers", "Common", "Misc", "Manager", "Extensions"];

    [Fact]
    public void A_file_has_at_most_500_lines() =>
        Repository.SourceFiles()
            .Select(path => (path, lines: File.ReadLines(Path.Combine(Repository.Root, path)).Count()))
            .Where(file => file.lines > 500)
            .ShouldBeEmpty();

    /// <summary>A project that outgrows this is split along its folders, which stand in no circle.</summary>
    [Fact]
    public void A_project_of_the_product_has_at_most_10_000_lines()
    {
        var larger =
            from project in Repository.Products.Values
            let folder = Path.GetDirectoryName(project.RelativePath)!.Replace('\\', '/') + "/"
            let lines = Repository.SourceFiles()
                .Where(path => path.StartsWith(folder, StringComparison.Ordinal))
                .Sum(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count())
            where lines > 10_000
            select $"{project.Name}: {lines} lines";

        larger.ShouldBeEmpty();
    }

    /// <summary>Texts in tests, such as a model or a record, may be longer.</summary>
    [Fact]
    public void A_line_of_the_product_has_at_most_160_characters()
    {
        var longer =
            from path in Repository.SourceFiles().Concat(Repository.SourceFiles("*.razor"))
            where !path.StartsWith("tests/", StringComparison.Ordinal)
            from line in File.ReadLines(Path.Combine(Repository.Root, path)).Index()
            where line.Item.Length > 160
            select $"{path}({line.Index + 1})";

        longer.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_has_a_name_that_says_something() =>
        Repository.SourceFiles()
            .Where(path => NamesThatSayNothing.Contains(Path.GetFileNameWithoutExtension(path)))
            .ShouldBeEmpty();

    [Fact]
    public void A_file_lies_in_the_folder_of_its_namespace()
    {
        var misplaced =
            from path in Repository.SourceFiles()
            let match = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, path)), @"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)
            where match.Success
            let folder = Path.GetDirectoryName(path)!.Replace('\\', '/')
            let expected = (folder.StartsWith("tests/", StringComparison.Ordinal) ? folder["tests/".Length..] : folder).Replace('/', '.')
            where match.Groups["name"].Value != expected
            select $"{path}: {match.Groups["name"].Value}";

        misplaced.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_leaves_work_for_later() =>
        Repository.SourceFiles()
            .Where(path => !path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(
                File.ReadAllText(Path.Combine(Repository.Root, path)),
                @"NotImplementedException|\bTODO\b|\bFIXME\b|#region",
                RegexOptions.ExplicitCapture))
            .ShouldBeEmpty();
}
