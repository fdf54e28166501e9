using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;

namespace SkillMeat.Cache.Database;

/// <summary>
/// The tables of the cache, by migrations: scripts with names such as <c>002-search.sql</c>, which begin with the version that they lead to. A script never changes once it was released.
/// </summary>
internal sealed class CacheSchema
{
    /// <summary>The number in the file's header that says whose database it is: "SKMc".</summary>
    public const int ApplicationId = 0x534b4d63;

    private const string Prefix = "cache-schema/";

    private readonly IReadOnlyList<(int Version, string Sql)> _migrations;

    private CacheSchema(IReadOnlyList<(int Version, string Sql)> migrations)
    {
        _migrations = migrations;
        Version = migrations[^1].Version;
    }

    /// <summary>The version after all migrations.</summary>
    public int Version { get; }

    /// <summary>Reads the migrations from this assembly.</summary>
    public static CacheSchema Load()
    {
        var assembly = typeof(CacheSchema).Assembly;
        return new CacheSchema([.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture), ReadText(assembly, name)))]);
    }

    /// <summary>Brings a database to the version of this program, in one transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="home">The full path of the home, which a new database notes.</param>
    /// <returns>The version that it has now: a higher one than <see cref="Version"/> if a newer program made it, which is left as it is.</returns>
    public int Migrate(CacheConnection connection, string home)
    {
        if (VersionOf(connection) >= Version) return VersionOf(connection);
        return connection.Write(() =>
        {
            // Another process may have done it meanwhile.
            var version = VersionOf(connection);
            if (version >= Version) return version;
            foreach (var (next, sql) in _migrations.Where(migration => migration.Version > version)) connection.ExecuteScript(sql);
            if (version == 0) connection.Execute("INSERT INTO about(home) VALUES(?1)", home);
            connection.ExecuteScript($"PRAGMA user_version = {Version}");
            // SQLite's own number of the tables' form. After a repair, the same scripts would lead to the number before it, and nobody would notice that the tables are new.
            connection.ExecuteScript(string.Create(CultureInfo.InvariantCulture, $"PRAGMA schema_version = {RandomNumberGenerator.GetInt32(1, int.MaxValue)}"));
            return Version;
        });
    }

    /// <summary>Returns the version of a database, which is 0 for an empty one.</summary>
    public static int VersionOf(CacheConnection connection) => (int)connection.Number("PRAGMA user_version");

    /// <summary>Returns a number that is another one after the tables were made anew.</summary>
    public static long FormOf(CacheConnection connection) => connection.Number("PRAGMA schema_version");

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
