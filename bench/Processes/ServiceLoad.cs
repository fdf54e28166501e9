using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SkillMeat.Bench.Data;

namespace SkillMeat.Bench.Processes;

/// <summary>Many clients that read and write at once. A tenth of the requests writes: new collections, new tags, and edits of a group that all share, which are refused if they are stale.</summary>
internal sealed class ServiceLoad(SkmService service, IReadOnlyList<string> artifacts)
{
    public const int Clients = 50;

    private const int ReadsPerWrite = 9;
    private const string Tags = "collections/default/tag-definitions";
    private const string Group = "collections/default/groups/board";

    private readonly ConcurrentBag<double> _times = [];
    private readonly ConcurrentBag<string> _collections = [];
    private readonly ConcurrentBag<string> _tags = [];
    private readonly ConcurrentBag<string> _words = [];
    private int _refused;

    /// <summary>The time of each request in milliseconds.</summary>
    public IReadOnlyCollection<double> Times => _times;

    /// <summary>The number of writes that were made and found again.</summary>
    public int Writes => _collections.Count + _tags.Count + _words.Count;

    /// <summary>The number of edits that were refused as stale.</summary>
    public int Refused => _refused;

    /// <summary>Runs all clients. Any answer but success, or a refused stale edit, ends the run.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var first = service.CreateClient();
        using var made = await first.PostAsJsonAsync("collections/default/groups", new { name = "board" }, cancellationToken);
        made.EnsureSuccessStatusCode();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => RunAsync(number, begun, duration, cancellationToken), cancellationToken)));
        await CheckAsync(first, cancellationToken);
    }

    private async Task RunAsync(int number, long begun, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var client = service.CreateClient();
        var random = new Random(number);
        for (var i = number; Stopwatch.GetElapsedTime(begun) < duration; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            if (i % (ReadsPerWrite + 1) == 0) await WriteAsync(client, $"c{number}-{i}", random.Next(3), cancellationToken);
            else await client.GetByteArrayAsync(PathOf(i, random), cancellationToken);
            _times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }

    private string PathOf(int number, Random random) => (number % 4) switch
    {
        0 => $"collections/default/artifacts/{artifacts[random.Next(artifacts.Count)]}",
        1 => $"cache/search?q={SearchHome.Rare}&limit=20",
        2 => "collections/default/groups",
        _ => "collections?limit=10",
    };

    private async Task WriteAsync(HttpClient client, string name, int kind, CancellationToken cancellationToken)
    {
        if (kind == 0) await CreateAsync(client, "collections", name, _collections, cancellationToken);
        else if (kind == 1) await CreateAsync(client, Tags, name, _tags, cancellationToken);
        else await ShareAsync(client, name, cancellationToken);
    }

    private static async Task CreateAsync(HttpClient client, string path, string name, ConcurrentBag<string> made, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(path, new { name }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        made.Add(name);
    }

    // The description grows by a word.
    private async Task ShareAsync(HttpClient client, string word, CancellationToken cancellationToken)
    {
        using var read = await client.GetAsync(Group, cancellationToken);
        var group = await read.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, Group) { Content = JsonContent.Create(new { description = $"{group.GetProperty("description").GetString()} {word}" }) };
        request.Headers.IfMatch.Add(read.Headers.ETag!);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        answer.EnsureSuccessStatusCode();
        _words.Add(word);
    }

    private async Task CheckAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var tags = await client.GetFromJsonAsync<JsonElement>(Tags, cancellationToken);
        var group = await client.GetFromJsonAsync<JsonElement>(Group, cancellationToken);
        AssertSame("tags", _tags, tags.GetProperty("items").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!));
        AssertSame("edits of the group", _words, (group.GetProperty("description").GetString() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var name in _collections)
        {
            var found = await client.GetFromJsonAsync<JsonElement>($"collections/{name}", cancellationToken);
            if (found.GetProperty("name").GetString() != name) throw new InvalidOperationException($"The collection '{name}' was lost.");
        }
    }

    private static void AssertSame(string what, IEnumerable<string> written, IEnumerable<string> found)
    {
        if (!written.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal))) throw new InvalidOperationException($"The {what} are not those that were written.");
    }
}
