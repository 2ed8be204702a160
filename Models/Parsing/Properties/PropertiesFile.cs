using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;
using Models.Rendering.Context.Functions;

namespace Models.Parsing.Properties;

/// <summary>One properties file of a package, and how its strings are rendered. Used by one thread at a time.</summary>
internal sealed class PropertiesFile
{
    private readonly NodeContext _context;
    private readonly NodeContext _docsContext;
    private readonly DiagnosticBag _diagnostics;

    public PropertiesFile(
        ProjectFile package, string relative, SourceText source, YamlMapping root, DbtProject project, HostFunction doc, DiagnosticBag diagnostics)
    {
        Package = package;
        Source = source;
        Relative = relative;
        Root = root;
        _diagnostics = diagnostics;
        _context = new NodeContext(project, package.Name, node: null, connection: null);
        _docsContext = new NodeContext(project, package.Name, node: null, connection: null);
        _docsContext.SetLocal("doc", doc);
        Rendering = new YamlRendering(_context, diagnostics);
    }

    public ProjectFile Package { get; }

    /// <summary>The path relative to the package's root, with forward slashes.</summary>
    public string Relative { get; }

    public SourceText Source { get; }

    public YamlMapping Root { get; }

    public YamlRendering Rendering { get; }

    public string PatchPath => $"{Package.Name}://{Relative}";

    public object? Value(YamlValue? value)
    {
        if (value is null)
            return null;

        lock (_context)
            return Rendering.Value(value);
    }

    /// <summary>A name or another string as written, regardless of its YAML type: <c>off</c> and <c>1.0</c> are kept unchanged.</summary>
    public string? Text(YamlValue? value)
    {
        if (value is YamlScalar scalar && !TextTemplate.IsTemplate(scalar.Text))
            return scalar.IsNull ? null : scalar.Text;

        return Value(value) is { } rendered ? PythonText.Str(rendered) : null;
    }

    public IReadOnlyDictionary<string, object?> Dictionary(YamlValue? value)
    {
        var dictionary = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (Value(value) is JinjaDict dict)
        {
            foreach (var (key, item) in dict)
                dictionary[PythonText.Str(key)] = item;
        }

        return dictionary;
    }

    public IReadOnlyList<string> Texts(YamlValue? value) => TemplateItems.Texts(Value(value));

    /// <summary>A description with the docs blocks it refers to.</summary>
    public string Description(YamlValue? value)
    {
        if (value is not YamlScalar { IsNull: false } scalar)
            return "";
        if (!scalar.Text.Contains("{{", StringComparison.Ordinal))
            return scalar.Text;

        lock (_docsContext)
        {
            try
            {
                return TextTemplate.Render(scalar.Text, scalar.Span, _docsContext);
            }
            catch (DiagnosticException e)
            {
                _diagnostics.Add(e.Diagnostic);
                return scalar.Text;
            }
        }
    }
}
