using Models.Engine;

namespace Models.Runner.Reporting;

/// <summary>
/// Passes all events on to an observer and writes them to a log file. If the file can no longer be written, for example on a full disk, it reports
/// one warning and the run continues.
/// </summary>
internal sealed class LogFile : RelayingObserver, IDisposable
{
    private readonly TextWriter _file;
    private readonly string _path;
    private readonly LineReporter _lines;
    private readonly IRunObserver _watcher;
    private bool _isBroken;

    private LogFile(TextWriter file, string path, IRunObserver watcher, TimeProvider clock)
    {
        _file = file;
        _path = path;
        _watcher = watcher;
        _lines = new LineReporter(file, new ReportStyle(Colour: false, LogLevel.Debug), clock);
    }

    /// <summary>Appends to an existing file, as dbt does.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static LogFile Open(string folder, IRunObserver watcher, Secrets secrets, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "dbt.log");
        var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var log = new LogFile(SecretHidingWriter.Around(new StreamWriter(stream) { AutoFlush = true }, secrets), path, watcher, clock);
        log.Write(() => log._file.WriteLine($"============================== {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC =============================="));
        return log;
    }

    public override bool ReadsDebug => true;

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // the failure was already reported
        }
    }

    protected override void Relay(Action<IRunObserver> call)
    {
        Write(() => call(_lines));
        call(_watcher);
    }

    private void Write(Action write)
    {
        if (_isBroken)
            return;

        try
        {
            write();
        }
        catch (IOException failure)
        {
            _isBroken = true;
            _watcher.Message($"{_path} can no longer be written: {failure.Message.ReplaceLineEndings(" ")}", isWarning: true);
        }
    }
}
