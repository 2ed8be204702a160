using Models.Database;
using Models.Diagnostics;
using Models.Engine;
using Models.Project.Configuration;

namespace Models.Runner.Flags;

/// <summary>Parses the YAML mapping of <c>--vars</c>, <c>--args</c> and similar options.</summary>
internal static class CommandLineVars
{
    /// <exception cref="RunException">The text is not a mapping.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string? text, string flag = "--vars")
    {
        try
        {
            return VarsText.Parse(text ?? "", flag);
        }
        catch (DiagnosticException mistake)
        {
            var given = text!.Contains(Secrets.Prefix, StringComparison.Ordinal) ? "" : $", not '{text}'";
            throw new RunException($"{flag} must be a YAML mapping such as '{{start: 2024-01-01}}'{given}: {mistake.Diagnostic.Message}.", mistake);
        }
    }
}
