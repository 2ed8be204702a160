using System.CommandLine;
using Models.Database;

namespace Models.Runner.Cli;

/// <summary>The flags that say how nodes are run.</summary>
internal sealed class RunFlags
{
    private readonly StateFlags _stateFlags = new();
    private readonly Option<int?> _threads = new("--threads") { Description = "Nodes run at a time." };
    private readonly Option<bool> _fullRefresh = new("--full-refresh", "-f") { Description = "Build incremental models and seeds anew." };
    private readonly Option<bool> _failFast = new("--fail-fast", "-x") { Description = "Start nothing more after the first failure." };
    private readonly Option<bool> _empty = new("--empty") { Description = "Build the shape of every relation without rows." };
    private readonly Option<string?> _sample = new("--sample")
    {
        Description = "Read only some event time: '3 days', or '{start: 2024-01-01, end: 2024-02-01}'.",
    };
    private readonly Option<bool> _storeFailures = new("--store-failures") { Description = "Keep the rows that fail tests." };
    private readonly Option<bool> _blueGreen = new("--blue-green") { Description = "Build beside the live schemas and swap when everything passed." };
    private readonly Option<DateTime?> _eventTimeStart = new("--event-time-start") { Description = "The first moment that microbatch models build." };
    private readonly Option<DateTime?> _eventTimeEnd = new("--event-time-end") { Description = "Where microbatch models stop, exclusive." };
    private readonly Option<double?> _lockTimeout = new("--lock-timeout")
    {
        Description = "Seconds to wait for another run into the same schema; 0 fails at once.",
    };
    private readonly Option<bool> _profileColumns = new("--profile-columns")
    {
        Description = "Keep null share, distinct values, least and greatest of every column built.",
    };
    private readonly Option<bool?> _recordHistory = new("--record-history")
    {
        Description = "Keep the run in schema leadline of the target (the default); --no-record-history makes no such schema.",
    };
    private readonly Option<bool> _singleThreaded = new("--single-threaded") { Description = "As --threads 1.", Hidden = true };

    public IReadOnlyList<Option> All =>
    [
        _threads, _fullRefresh, _failFast, _empty, _sample, _storeFailures, .. _stateFlags.All, _blueGreen, _eventTimeStart, _eventTimeEnd, _lockTimeout,
        _profileColumns, _recordHistory, _singleThreaded,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    /// <exception cref="RunException">A value, or two of them together, make no sense.</exception>
    public RunOptions Read(ParseResult parsed, RunVerb verb)
    {
        var options = _stateFlags.Read(parsed, new RunOptions
        {
            Verb = verb,
            Compile = GlobalOptions.Compile(parsed) with
            {
                FullRefresh = parsed.GetValue(_fullRefresh),
                Empty = parsed.GetValue(_empty),
                Sample = SampleFlag.Read(parsed.GetValue(_sample), TimeProvider.System),
                StoreFailures = parsed.GetValue(_storeFailures),
            },
            Threads = parsed.GetValue(_singleThreaded) ? 1 : parsed.GetValue(_threads),
            FailFast = parsed.GetValue(_failFast),
            ProfileColumns = parsed.GetValue(_profileColumns),
            RecordHistory = parsed.GetValue(_recordHistory) != false,
            BlueGreen = parsed.GetValue(_blueGreen),
            EventTimeStart = parsed.GetValue(_eventTimeStart),
            EventTimeEnd = parsed.GetValue(_eventTimeEnd),
            LockTimeout = parsed.GetValue(_lockTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromHours(1),
        });
        RequireSense(options);
        return options;
    }

    private static void RequireSense(RunOptions options)
    {
        if (options.Threads < 1)
            throw new RunException($"--threads takes 1 or more, not {options.Threads}.");
        if (options.EventTimeStart is null != options.EventTimeEnd is null)
            throw new RunException("--event-time-start and --event-time-end go together; give both.");
        if (options.EventTimeStart >= options.EventTimeEnd)
            throw new RunException("--event-time-start must be before --event-time-end.");
    }
}
