using Models.Database;
using Models.Diagnostics;
using Models.Project.Configuration;

namespace Models.Runner.Cli;

/// <summary>Reads the yaml map of <c>--vars</c>, <c>--args</c> and the like.</summary>
internal static class CommandLineVars
{
    /// <exception cref="RunException">It is no such map.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string? text, string flag = "--vars")
    {
        try
        {
            return VarsText.Parse(text ?? "", flag);
        }
        catch (DiagnosticException mistake)
        {
            var given = text!.Contains(Secrets.Prefix, StringComparison.Ordinal) ? "" : $", not '{text}'";
            throw new RunException($"{flag} is a yaml map such as '{{start: 2024-01-01}}'{given}: {mistake.Diagnostic.Message}.", mistake);
        }
    }
}
