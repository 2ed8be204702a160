using Models.Database;
using Models.Project.Configuration;

namespace Models.Engine.Selection;

/// <summary>Reports selectors that match nothing.</summary>
internal static class SelectionWarnings
{
    /// <exception cref="RunException">The warning is treated as an error; thrown by the returned function.</exception>
    public static Action<string> To(IRunObserver observer, WarningPolicy policy) => line =>
    {
        if (policy.IsError(WarningPolicy.NothingSelected))
            throw new RunException($"{line}.");
        if (!policy.IsSilenced(WarningPolicy.NothingSelected))
            observer.Message(line, isWarning: true);
    };
}
