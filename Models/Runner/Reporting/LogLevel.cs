namespace Models.Runner.Reporting;

/// <summary>The minimum level of messages. Source: docs.getdbt.com/reference/global-configs/logs.</summary>
internal enum LogLevel
{
    /// <summary>Also debug messages.</summary>
    Debug,

    Info,

    /// <summary>Warnings and errors.</summary>
    Warn,

    /// <summary>Errors: <c>--quiet</c>.</summary>
    Error,

    /// <summary>Only the output of templates.</summary>
    None,
}
