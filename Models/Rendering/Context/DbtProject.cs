using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Rendering.Context.Adapter;
using Models.Rendering.Macros;

namespace Models.Rendering.Context;

/// <summary>The data that all templates of one project share, independent of its nodes. Immutable, and safe for concurrent use.</summary>
internal sealed class DbtProject
{
    public DbtProject() => Adapter = new ProjectAdapter(this);

    public required string Name { get; init; }

    public required CompileOptions Options { get; init; }

    public required Target Target
    {
        get;
        init
        {
            field = value;
            TargetDict = new JinjaDict(value.Fields);
        }
    }

    public required DiagnosticBag Diagnostics { get; init; }

    public required MacroIndex Macros { get; init; }

    public required VarLookup Vars { get; init; }

    /// <summary>The root project first, then installed packages.</summary>
    public required IReadOnlyList<ProjectFile> Packages { get; init; }

    public required FlagsObject Flags { get; init; }

    public Guid InvocationId => Options.InvocationId;

    public DateTimeOffset RunStartedAt { get; init; }

    /// <summary>The <c>target</c> of templates.</summary>
    public JinjaDict TargetDict { get; private init; } = new();

    /// <summary>The project's <c>quoting</c>.</summary>
    public JinjaDict? Quoting => Packages.Count > 0 ? Packages[0].Quoting : null;

    /// <summary>The <c>adapter</c> of templates.</summary>
    public ProjectAdapter Adapter { get; }

    /// <summary><c>print()</c>.</summary>
    public void Print(string text) => Options.Print?.Invoke(text);

    /// <summary><c>log()</c>.</summary>
    public void Log(string text, bool isInfo) => Options.Log?.Invoke(text, isInfo);
}
