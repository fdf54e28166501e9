using System.Text.Json;

namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// Caches front matter in one file: for each artifact path, the last blob that was read there and its front matter. Its size is bounded by the number
/// of paths ever followed.
/// </summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class FrontMatterFileCache(string file, Random random, Action<string> report) : IFrontMatterCache
{
    private const string ProblemsName = "problems";
    private const string IncompleteName = "incomplete";

    private readonly JsonCacheFile _file = new(file, "artifacts", random, report);
    private readonly object _gate = new();
    private Dictionary<string, Entry>? _byPath;
    private Dictionary<string, FrontMatter>? _byBlob;
    private bool _isChanged;

    public FrontMatter? Find(string blobId)
    {
        lock (_gate)
        {
            Load();
            return _byBlob!.GetValueOrDefault(blobId);
        }
    }

    public bool HasSeen(RepositoryAddress repository, string path)
    {
        lock (_gate)
        {
            Load();
            return _byPath!.ContainsKey(KeyOf(repository, path));
        }
    }

    public void Add(RepositoryAddress repository, string path, string blobId, FrontMatter frontMatter)
    {
        lock (_gate)
        {
            Load();
            var key = KeyOf(repository, path);
            if (_byPath!.TryGetValue(key, out var known) && known.BlobId == blobId)
            {
                return;
            }

            _byPath[key] = new Entry(blobId, frontMatter);
            _byBlob![blobId] = frontMatter;
            _isChanged = true;
        }
    }

    public void Save()
    {
        lock (_gate)
        {
            if (_isChanged && _file.Write(Merge(), WriteEntry))
            {
                _isChanged = false;
                // The file has them now.
                (_byPath, _byBlob) = (null, null);
            }
        }
    }

    private static string KeyOf(RepositoryAddress repository, string path) => $"{repository.Url?.AbsoluteUri ?? repository.Folder}#{path}";

    /// <summary>Merges the entries with those in the file, because another process may have changed it since it was read.</summary>
    private Dictionary<string, Entry> Merge()
    {
        var merged = _file.Read(Parse);
        foreach (var (key, entry) in _byPath!)
        {
            merged[key] = entry;
        }

        return merged;
    }

    private void Load()
    {
        if (_byPath is null)
        {
            _byPath = _file.Read(Parse);
            _byBlob = new Dictionary<string, FrontMatter>(_byPath.Count, StringComparer.Ordinal);
            foreach (var entry in _byPath.Values)
            {
                _byBlob[entry.BlobId] = entry.FrontMatter;
            }
        }
    }

    private static Entry Parse(JsonElement json) => new(
        json.GetProperty("blob").GetString() ?? throw new FormatException("an entry names no blob"),
        ParseFrontMatter(json));

    private static FrontMatter ParseFrontMatter(JsonElement json)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (FrontMatter.Keys.TryGetValue(member.Name, out var kind) && member.Value.ValueKind != JsonValueKind.Null) values[member.Name] = Parse(member.Value, kind);
        }

        var problems = json.TryGetProperty(ProblemsName, out var list) ? list.EnumerateArray().Select(ParseProblem).ToList() : [];
        return new FrontMatter(values).With(problems, json.TryGetProperty(IncompleteName, out var incomplete) && incomplete.GetBoolean());
    }

    private static FrontMatterProblem ParseProblem(JsonElement json) =>
        new(json.GetProperty("code").GetString()!, json.GetProperty("line").GetInt32(), json.GetProperty("message").GetString()!, json.GetProperty("hint").GetString()!);

    private static object Parse(JsonElement json, FrontMatterKind kind) => kind switch
    {
        FrontMatterKind.Text => json.GetString() ?? throw new FormatException("a text is null"),
        FrontMatterKind.Flag => json.GetBoolean(),
        _ => json.EnumerateArray().Select(text => text.GetString() ?? throw new FormatException("a text is null")).ToList(),
    };

    private static void WriteEntry(Utf8JsonWriter json, Entry entry)
    {
        json.WriteString("blob", entry.BlobId);
        if (entry.FrontMatter.IsIncomplete) json.WriteBoolean(IncompleteName, value: true);
        if (entry.FrontMatter.Problems.Count > 0) WriteProblems(json, entry.FrontMatter.Problems);
        foreach (var (key, value) in entry.FrontMatter.Values)
        {
            switch (value)
            {
                case string text:
                    json.WriteString(key, text);
                    break;
                case bool flag:
                    json.WriteBoolean(key, flag);
                    break;
                default:
                    json.WriteStartArray(key);
                    foreach (var text in (IReadOnlyList<string>)value) json.WriteStringValue(text);
                    json.WriteEndArray();
                    break;
            }
        }
    }

    private static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<FrontMatterProblem> problems)
    {
        json.WriteStartArray(ProblemsName);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("code", problem.Code);
            json.WriteNumber("line", problem.Line);
            json.WriteString("message", problem.Message);
            json.WriteString("hint", problem.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed record Entry(string BlobId, FrontMatter FrontMatter);
}
