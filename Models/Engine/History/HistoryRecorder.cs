using System.Data.Common;
using Models.Database;
using Models.Database.History;
using Models.Database.Sessions;
using Models.Engine.Targets;
using Models.Parsing;

namespace Models.Engine.History;

/// <summary>Keeps runs in the target's schema leadline. A target that does not allow it is a warning and no failure.</summary>
internal sealed class HistoryRecorder(TargetDatabase target, IRunObserver observer)
{
    private bool _isRefused;

    /// <summary>Makes the tables of the history; false, and a warning, where the target does not allow it.</summary>
    public async Task<bool> TryPrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var session = target.OpenSession();
            await HistoryTables.EnsureAsync(session, cancellationToken);
            return true;
        }
        catch (DbException refused) when (Failures.IsRefusal(refused))
        {
            _isRefused = true;
            observer.Message($"Neither measurements nor the run are kept in schema leadline: {Failures.Message(refused)}", isWarning: true);
            return false;
        }
    }

    /// <summary>Keeps a run that has ended.</summary>
    public async Task RecordAsync(ParsedProject project, RunOptions options, int historyDays, RunSummary summary)
    {
        if (_isRefused)
            return;

        try
        {
            await using var session = target.OpenSession();
            await HistoryTables.EnsureAsync(session, CancellationToken.None);
            await HistoryWriter.WriteAsync(session, RunRecords.Of(project, options.Verb, summary), CancellationToken.None);

            // shadow schemas that were not swapped in are dropped already, and a cancelled run sends no more queries
            if (summary.Cancelled || (options.BlueGreen && !summary.Success))
                return;

            await RowCounts.WriteAsync(session, summary.InvocationId, RunRecords.Counted(summary), CancellationToken.None);
            await ColumnProfiles.WriteAsync(
                session, summary.InvocationId, RunRecords.Profiled(summary, options.ProfileColumns), CancellationToken.None);

            // last, because a role may have the right to insert history but not to delete it
            await Retention.ApplyAsync(session, project.Target.Schema, historyDays, CancellationToken.None);
        }
        catch (Exception refused) when (refused is DbException or RunException)
        {
            observer.Message($"The run is not wholly kept in schema leadline: {Failures.Message(refused)}", isWarning: true);
        }
    }
}
