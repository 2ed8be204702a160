using System.CommandLine;
using Models.Database;
using Models.Engine;

namespace Models.Runner.Flags;

/// <summary>The flags that control how nodes run.</summary>
internal sealed class RunFlags
{
    private readonly StateFlags _stateFlags = new();
    private readonly Option<int?> _threads = new("--threads") { Description = "The number of nodes to run in parallel." };
    private readonly Option<bool> _fullRefresh = new("--full-refresh", "-f") { Description = "Rebuild incremental models and seeds." };
    private readonly Option<bool> _failFast = new("--fail-fast", "-x") { Description = "Start no more nodes after the first failure." };
    private readonly Option<bool> _empty = new("--empty") { Description = "Build all relations without rows." };
    private readonly Option<string?> _sample = new("--sample")
    {
        Description = "Read only a range of event time: '3 days', or '{start: 2024-01-01, end: 2024-02-01}'.",
    };
    private readonly Option<bool> _storeFailures = new("--store-failures") { Description = "Store the rows that fail tests." };
    private readonly Option<bool> _blueGreen = new("--blue-green") { Description = "Build into shadow schemas and swap them in when everything passed." };
    private readonly Option<DateTime?> _eventTimeStart = new("--event-time-start") { Description = "The start of the range that microbatch models build." };
    private readonly Option<DateTime?> _eventTimeEnd = new("--event-time-end") { Description = "The exclusive end of the range that microbatch models build." };
    private readonly Option<double?> _lockTimeout = new("--lock-timeout")
    {
        Description = "Seconds to wait for another run into the same schema; 0 fails at once.",
    };
    private readonly Option<bool> _profileColumns = new("--profile-columns")
    {
        Description = "Record the share of nulls, the number of distinct values, the minimum and the maximum of every built column.",
    };
    private readonly Option<bool?> _recordHistory = new("--record-history")
    {
        Description = "Record the run in schema leadline of the target (the default); --no-record-history does not create the schema.",
    };
    private readonly Option<bool> _singleThreaded = new("--single-threaded") { Description = "The same as --threads 1.", Hidden = true };

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

    /// <exception cref="RunException">A value, or a combination of values, is invalid.</exception>
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
        Validate(options);
        return options;
    }

    private static void Validate(RunOptions options)
    {
        if (options.Threads < 1)
            throw new RunException($"--threads takes 1 or more, not {options.Threads}.");
        if (options.EventTimeStart is null != options.EventTimeEnd is null)
            throw new RunException("--event-time-start and --event-time-end go together; give both.");
        if (options.EventTimeStart >= options.EventTimeEnd)
            throw new RunException("--event-time-start must be before --event-time-end.");
    }
}
