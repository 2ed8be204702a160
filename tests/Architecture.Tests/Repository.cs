using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The checkout this test runs in, read as files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project by the name of its project file, without the tests and the questions that eng/ asks the feeds.</summary>
    public static IReadOnlyDictionary<string, ProjectFile> Products { get; } = Directory
        .EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => new ProjectFile(path))
        .Where(p => p.RelativePath.Split('/')[0] is not ("tests" or "eng") && !p.IsBuildOutput)
        .ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>The repository's C# files outside build output.</summary>
    public static IEnumerable<string> SourceFiles(string pattern = "*.cs") => Directory
        .EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "obj" or "bin" or "artifacts" or ".git"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new InvalidOperationException("Solution.sln is not above the tests' output folder.");
    }
}

/// <summary>A project file's references, whatever their conditions.</summary>
internal sealed class ProjectFile(string path)
{
    private readonly XDocument _document = XDocument.Load(path);

    public string Name { get; } = Path.GetFileNameWithoutExtension(path);

    public string RelativePath { get; } = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    /// <summary>The assembly that the build of these tests' configuration made of the project.</summary>
    public string AssemblyPath
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var name = _document.Descendants().FirstOrDefault(e => e.Name.LocalName == "AssemblyName")?.Value ?? Name;
            return Path.Combine(Path.GetDirectoryName(path)!, "bin", output.Parent!.Name, output.Name, $"{name}.dll");
        }
    }

    public bool IsBuildOutput => RelativePath.Split('/').Any(part => part is "obj" or "bin" or "artifacts");

    /// <summary>
    /// Referenced projects by name, except those only built (ReferenceOutputAssembly=false) or launched (an AppHost's references,
    /// unless they say IsAspireProjectResource=false).
    /// </summary>
    public IReadOnlyList<string> ProjectReferences =>
    [
        .. Items("ProjectReference")
            .Where(item => !Says(item, "ReferenceOutputAssembly", value: false) && !(Name == "AppHost" && !Says(item, "IsAspireProjectResource", value: false)))
            .Select(item => Path.GetFileNameWithoutExtension(((string)item.Attribute("Include")!).Replace('\\', '/'))),
    ];

    public IReadOnlyList<string> PackageReferences => [.. Items("PackageReference").Select(item => (string)item.Attribute("Include")!)];

    private IEnumerable<XElement> Items(string name) => _document.Descendants().Where(e => e.Name.LocalName == name && e.Attribute("Include") is not null);

    private static bool Says(XElement item, string metadata, bool value) =>
        item.Attributes().Concat(item.Elements().Select(e => new XAttribute(e.Name.LocalName, e.Value)))
            .Any(a => a.Name.LocalName == metadata && bool.TryParse(a.Value, out var said) && said == value);
}
