using Models.Database;
using Models.Project.Configuration;

namespace Models.Runner.Selection;

/// <summary>What becomes of a selector that selects nothing.</summary>
internal static class SelectionWarnings
{
    /// <exception cref="RunException">Such a warning is an error; thrown by the function that comes back.</exception>
    public static Action<string> To(IRunObserver observer, WarningPolicy policy) => line =>
    {
        if (policy.IsError(WarningPolicy.NothingSelected))
            throw new RunException($"{line}.");
        if (!policy.IsSilenced(WarningPolicy.NothingSelected))
            observer.Said(line, isWarning: true);
    };
}
