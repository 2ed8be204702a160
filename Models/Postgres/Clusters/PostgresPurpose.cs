namespace Models.Postgres.Clusters;

/// <summary>What a server is for; decides where its cluster lives, how durable it is and who may share it.</summary>
public enum PostgresPurpose
{
    /// <summary>A cluster of its own that vanishes with the server. Not durable, any number side by side.</summary>
    Test,

    /// <summary>
    /// The analysis server of builds: one for each user and PostgreSQL version, kept initialised, shared by builds that run at
    /// the same time. Not durable; databases left behind by a build that was killed are dropped at the next start.
    /// </summary>
    BuildCache,

    /// <summary>The data of the application: durable, used by one application at a time.</summary>
    AppData,
}
