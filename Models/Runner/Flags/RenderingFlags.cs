using System.CommandLine;
using Models.Project.Configuration;

namespace Models.Runner.Flags;

/// <summary>The flags that affect the rendering of SQL, for commands that render without building.</summary>
internal sealed class RenderingFlags
{
    private readonly Option<bool> _fullRefresh = new("--full-refresh", "-f") { Description = "Render incremental models as for a full refresh." };
    private readonly Option<bool> _empty = new("--empty") { Description = "Render refs and sources without rows." };
    private readonly Option<string?> _sample = new("--sample")
    {
        Description = "Restrict refs and sources to a range of event time: '3 days', or '{start: 2024-01-01, end: 2024-02-01}'.",
    };
    private readonly Option<int?> _threads = new("--threads") { Description = "Accepted for compatibility with dbt and ignored.", Hidden = true };
    private readonly Option<bool?> _introspect = new("--introspect")
    {
        Description = "Let templates query the database (the default); with --no-introspect such templates are errors.",
    };
    private readonly Option<bool> _injects = new("--inject-ephemeral-ctes") { Description = "Accepted for compatibility with dbt and ignored.", Hidden = true };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_fullRefresh, _empty, _sample, _threads, _introspect, _injects])
            command.Options.Add(option);
    }

    /// <summary>False if templates must not query the database.</summary>
    public bool Introspects(ParseResult parsed) => parsed.GetValue(_introspect) != false;

    public CompileOptions Read(ParseResult parsed) => GlobalOptions.Compile(parsed) with
    {
        FullRefresh = parsed.GetValue(_fullRefresh),
        Empty = parsed.GetValue(_empty),
        Sample = SampleFlag.Read(parsed.GetValue(_sample), TimeProvider.System),
    };
}
