using System.Globalization;
using System.Text;
using SkillMeat.Upstream.Caching;
using Xunit;

namespace SkillMeat.Tests.Upstream.Caching;

public sealed class RecordCacheFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skm-records-").FullName;
    private readonly List<string> _reports = [];

    private string FilePath => Path.Combine(_folder, "cache", "some.cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_found_whatever_the_keys_and_values_are()
    {
        string[] keys = ["", "a", "a\tb\r\n", "a\0", "é", "\uFFFD", new string('k', 100_000)];
        string[] values = ["", "\n", "v", "SKMREC\0", new string('v', 100_000), "ü", "7"];
        Assert.True(Open().Write(writer =>
        {
            foreach (var (key, value) in keys.Zip(values)) writer.Write(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        }));

        var records = Open().Read();
        Assert.Equal(values, keys.Select(key => Find(records, key)));
        Assert.Equal(keys, Enumerable.Range(0, records.Count).Select(record => Encoding.UTF8.GetString(records.KeyOf(record))));
        Assert.Equal(values, Enumerable.Range(0, records.Count).Select(record => Encoding.UTF8.GetString(records.ValueOf(record))));
        Assert.Null(Find(records, "b"));
        Assert.Empty(_reports);
    }

    [Fact]
    public void Each_of_many_records_is_found_and_no_other()
    {
        Write(Enumerable.Range(0, 20_000).Select(i => (Number(i), Number(-i))));

        var records = Open().Read();

        Assert.All(Enumerable.Range(0, 20_000), i => Assert.Equal(Number(-i), Find(records, Number(i))));
        Assert.All(Enumerable.Range(20_000, 20_000), i => Assert.Null(Find(records, Number(i))));
    }

    [Fact]
    public void The_last_of_several_records_with_one_key_counts()
    {
        Write([("a", "1"), ("b", "2"), ("a", "3")]);
        Assert.Equal("3", Find(Open().Read(), "a"));
    }

    [Fact]
    public void A_missing_file_and_one_of_another_version_count_as_empty_without_a_word()
    {
        Assert.Equal(0, Open().Read().Count);
        Write([("a", "1")]);

        Assert.Equal(0, Open(version: 2).Read().Count);
        Assert.Equal(1, Open().Read().Count);
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_file_with_a_changed_byte_counts_as_empty_and_is_reported()
    {
        Write([("a", "1"), ("b", "2")]);
        var right = File.ReadAllBytes(FilePath);
        for (var i = 0; i < right.Length; i++)
        {
            var damaged = right.ToArray();
            damaged[i] ^= 1;
            AssertDamaged(damaged);
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_or_became_longer_counts_as_empty_and_is_reported()
    {
        Write([("a", "1"), ("b", "2")]);
        var right = File.ReadAllBytes(FilePath);
        for (var length = 0; length < right.Length; length++) AssertDamaged(right[..length]);
        AssertDamaged([.. right, 0]);
    }

    [Fact]
    public void A_link_in_place_of_the_file_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        Write([("a", "1")]);
        var elsewhere = Path.Combine(_folder, "elsewhere");
        File.Move(FilePath, elsewhere);
        File.CreateSymbolicLink(FilePath, elsewhere);

        Assert.Equal(0, Open().Read().Count);
        Assert.Single(_reports);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Find(CacheRecords records, string key) => records.TryFind(Encoding.UTF8.GetBytes(key), out var value) ? Encoding.UTF8.GetString(value) : null;

    private RecordCacheFile Open(byte version = 1) => new(FilePath, version, Random.Shared, _reports.Add);

    private void Write(IEnumerable<(string Key, string Value)> records) => Assert.True(Open().Write(writer =>
    {
        foreach (var (key, value) in records) writer.Write(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
    }));

    private void AssertDamaged(byte[] content)
    {
        File.WriteAllBytes(FilePath, content);
        Assert.Equal(0, Open().Read().Count);
        Assert.Contains(FilePath, Assert.Single(_reports), StringComparison.Ordinal);
        _reports.Clear();
    }
}
