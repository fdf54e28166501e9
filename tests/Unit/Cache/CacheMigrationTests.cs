using System.Globalization;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache;

/// <summary>Files of earlier programs are brought to the tables of this one.</summary>
public sealed class CacheMigrationTests
{
    [Fact]
    public void A_file_of_the_first_release_is_used_on()
    {
        using var home = TestHome.WithSkills(5);
        var reports = new List<string>();
        var expires = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(50)).UtcTicks;
        Make(home, version: 6, command =>
        {
            command.CommandText = "INSERT INTO refresh_lease(id, holder, process, machine, expires, sum) VALUES(1, 5, 1, 'elsewhere', $expires, $sum); INSERT INTO word(text) VALUES('forgotten')";
            command.Parameters.AddWithValue("$expires", expires);
            command.Parameters.AddWithValue("$sum", RowSum.Of(5L, 1L, "elsewhere", expires));
            command.ExecuteNonQuery();
        });

        using var cache = HomeCache.Open(CollectionStore.Open(home.Home), new HomeCacheOptions { Environment = _ => null, Report = reports.Add });
        Assert.Equal(new LeaseHolder(1, "elsewhere"), new RefreshLease(cache.Database, TimeProvider.System, holder: 2).Take(TestContext.Current.CancellationToken).Other);
        Assert.Equal(5, CachedArtifacts.Of(cache).Count);
        Assert.Equal(1, cache.Database.Run(connection => connection.Number("SELECT count(*) FROM word WHERE text = 'forgotten'"), TestContext.Current.CancellationToken));

        Assert.Equal(cache.Database.SchemaVersion, new CacheMaintenance(cache).Update(rebuild: false, TestContext.Current.CancellationToken).SchemaVersion);
        Assert.Equal(0, cache.Database.Run(connection => connection.Number("SELECT count(*) FROM word WHERE text = 'forgotten'"), TestContext.Current.CancellationToken));
        Assert.Equal("ok", cache.Database.Run(connection => connection.Text("PRAGMA integrity_check"), TestContext.Current.CancellationToken));
        Assert.Empty(reports);
    }

    // With the scripts themselves, which never change.
    private static void Make(TestHome home, int version, Action<SqliteCommand> fill)
    {
        Directory.CreateDirectory(home.At("cache"));
        SQLitePCL.Batteries_V2.Init();
        using var file = new SqliteConnection($"Data Source={home.At("cache", CacheLocation.FileName)};Pooling=false");
        file.Open();
        using var command = file.CreateCommand();
        var assembly = typeof(CacheSchema).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.StartsWith("cache-schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Where(name => int.Parse(name.AsSpan("cache-schema/".Length, 3), CultureInfo.InvariantCulture) <= version);
        foreach (var name in scripts)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            command.CommandText = reader.ReadToEnd();
            command.ExecuteNonQuery();
        }

        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {CacheSchema.ApplicationId}; PRAGMA user_version = {version}; PRAGMA journal_mode = WAL; INSERT INTO about(home) VALUES($home)");
        command.Parameters.AddWithValue("$home", home.Home);
        command.ExecuteNonQuery();
        fill(command);
    }
}
