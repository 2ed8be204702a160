using Models.Diagnostics;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Packages;
using Models.Rendering.Context;

namespace Models.Parsing.Packages;

/// <summary>Checks that the project and its packages support our dbt version: <c>require-dbt-version</c>.</summary>
internal static class VersionCheck
{
    private static readonly VersionNumber s_ours = VersionRequirement.Read(DbtNames.DbtVersion)!.Version;

    public static void Report(IReadOnlyList<ProjectFile> packages, CompileOptions options, DiagnosticBag diagnostics)
    {
        var isAsked = options.VersionCheck ?? (packages[0].Flags.TryGetValue("version_check", out var flag) && flag is bool own ? own : true);
        foreach (var package in packages)
        {
            foreach (var (text, span) in package.RequiredVersions)
            {
                if (VersionRequirement.Read(text) is not { } requirement)
                    diagnostics.Add(ProjectDiagnostics.InvalidValue(span, text, "require-dbt-version", "a version such as '>=1.6.0', or a list of them"));
                else if (isAsked && !requirement.Allows(s_ours))
                    diagnostics.Add(ProjectDiagnostics.VersionNotSupported(span, package.Name, text.Trim(), DbtNames.DbtVersion));
            }
        }
    }
}
