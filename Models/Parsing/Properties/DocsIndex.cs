using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Parsing.Packages;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Rendering.Context.Functions;

namespace Models.Parsing.Properties;

/// <summary>The docs blocks by package and name, and the descriptions that refer to them. Source: docs.getdbt.com/docs/build/documentation.</summary>
internal sealed class DocsIndex
{
    private readonly Dictionary<(string Package, string Name), DocsBlock> _blocks = [];
    private readonly string _root;

    public DocsIndex(string root, IReadOnlyList<PackageFiles> packages, DiagnosticBag diagnostics)
    {
        _root = root;
        foreach (var package in packages)
        {
            foreach (var file in package.Docs)
            {
                if (SourceFile.Read(file.Absolute, diagnostics) is not { } source || !source.Text.Contains("docs", StringComparison.Ordinal))
                    continue;

                foreach (var block in DocsBlock.ParseAll(source, diagnostics))
                {
                    if (!_blocks.TryAdd((package.Project.Name, block.Name), block))
                        diagnostics.Add(
                            ProjectDiagnostics.DuplicateName(block.Span, "the docs block", block.Name, _blocks[(package.Project.Name, block.Name)].Span));
                    All.Add((package.Project.Name, file.Relative, block));
                }
            }
        }
    }

    /// <summary>All blocks with their packages and files.</summary>
    public List<(string Package, string File, DocsBlock Block)> All { get; } = [];

    /// <summary>The function <c>doc</c> for the descriptions in a package's files.</summary>
    public HostFunction DocFunction(string package) => new("doc(package_or_name, name?)", a =>
    {
        var name = a.Has(1) ? a.Text(1) : a.Text(0);
        if (Find(a.Has(1) ? a.Text(0) : package, name, a.Has(1)) is { } block)
            return block.Text;

        throw new DiagnosticException(ProjectDiagnostics.UnknownDoc(a.Context.Span, name, _blocks.Keys.Select(k => k.Name)));
    });

    private DocsBlock? Find(string package, string name, bool isExact)
    {
        if (_blocks.TryGetValue((package, name), out var block))
            return block;
        if (isExact)
            return null;
        if (_blocks.TryGetValue((_root, name), out block))
            return block;

        foreach (var (key, other) in _blocks)
        {
            if (key.Name == name)
                return other;
        }

        return null;
    }
}
