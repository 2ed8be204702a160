namespace Models.Runner.Reporting;

/// <summary>Tells a log file everything that it passes on to who watches.</summary>
internal sealed class LogFile : RelayingObserver, IDisposable
{
    private readonly TextWriter _file;
    private readonly LineReporter _lines;
    private readonly IRunObserver _watcher;

    private LogFile(TextWriter file, IRunObserver watcher, TimeProvider clock)
    {
        _file = file;
        _watcher = watcher;
        _lines = new LineReporter(file, new ReportStyle(Colour: false, LogLevel.Debug), clock);
    }

    /// <summary>Goes on with the file that is there, as dbt does.</summary>
    public static LogFile Open(string folder, IRunObserver watcher, Secrets secrets, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var file = new StreamWriter(new FileStream(Path.Combine(folder, "dbt.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        file.WriteLine($"============================== {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC ==============================");
        return new LogFile(SecretHidingWriter.Around(file, secrets), watcher, clock);
    }

    public void Dispose() => _file.Dispose();

    protected override void Relay(Action<IRunObserver> call)
    {
        call(_lines);
        call(_watcher);
    }
}
