using Models.Database;
using Models.Engine.State;
using Models.Project.Configuration;

namespace Models.Engine.Selection;

/// <summary>Reports what a selection finds besides nodes: selectors that match nothing, and broken contracts.</summary>
internal sealed class SelectionWarnings(IRunObserver observer, WarningPolicy policy)
{
    /// <exception cref="RunException">The warning is treated as an error.</exception>
    public void NothingSelected(string line) => Warn(WarningPolicy.NothingSelected, line, $"{line}.");

    /// <summary>Warns of a broken contract; a versioned model's is an error, because a new version is the way to change it.</summary>
    /// <exception cref="RunException">The model is versioned, or the warning is treated as an error.</exception>
    public void ContractBroken(ContractBreaks.Break found)
    {
        if (found.IsVersioned)
            throw new RunException($"{found.Message}. Keep what the contract promises, or make it a new version of the model.");

        Warn(WarningPolicy.UnversionedBreakingChange, found.Message, found.Message);
    }

    private void Warn(string name, string line, string asError)
    {
        if (policy.IsError(name))
            throw new RunException(asError);
        if (!policy.IsSilenced(name))
            observer.Message(line, isWarning: true);
    }
}
