namespace Models.Runner.Reporting;

/// <summary>What is worth a line. Source: docs.getdbt.com/reference/global-configs/logs.</summary>
internal enum LogLevel
{
    /// <summary>Also what is of use only to who looks for a fault.</summary>
    Debug,

    Info,

    /// <summary>Warnings and errors.</summary>
    Warn,

    /// <summary>Errors: <c>--quiet</c>.</summary>
    Error,

    /// <summary>Only what templates print.</summary>
    None,
}
