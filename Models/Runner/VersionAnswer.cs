using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Models.Engine.Artifacts;
using Models.Runner.Commands;

namespace Models.Runner;

/// <summary>The output of <c>--version</c>: our version, and the supported dbt version.</summary>
internal sealed class VersionAnswer : SynchronousCommandLineAction
{
    public static void Replace(RootCommand root)
    {
        var known = root.Options.OfType<VersionOption>().Single();
        root.Options.Remove(known);
        root.Options.Add(new VersionOption("--version", "-v", "-V") { Description = known.Description, Action = new VersionAnswer() });
    }

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAnswer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        Console.WriteLine($"leadline {version}, for projects of dbt {ArtifactMetadata.FormatVersion} on postgres");
        return ExitCodes.Success;
    }
}
