using System.Globalization;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Tests.Toml;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Edits a manifest and its lock file, and a naive model of both, in the same way. After each step, text and model must have the same data, and the text of all other artifacts must be unchanged.</summary>
internal sealed class RandomManifestEdits
{
    private static readonly string[] _types = ["skill", "command", "mcp", "mcp_server", "MCP-Server"];

    private readonly Random _random;
    private readonly string _newLine;
    private readonly List<Entry> _model = [];
    private readonly Dictionary<ArtifactId, LockEntry> _locked = [];
    private readonly Manifest _manifest;
    private readonly Manifest _other;
    private readonly LockFile _lock;
    private readonly LockFile _otherLock;
    private int _serial;

    public RandomManifestEdits(int seed)
    {
        _random = new Random(seed);
        _newLine = _random.Next(4) == 0 ? "\r\n" : "\n";
        var artifacts = Artifacts();
        _manifest = Parse(Document(artifacts, out var locks), artifacts, _model);
        _lock = ManifestText.ParseLock(locks);
        foreach (var (key, entry) in _lock.Entries)
        {
            _locked[ArtifactId.Parse(string.Join(':', key.Split("::").Reverse()))] = entry;
        }

        var others = Artifacts();
        _other = Parse(Document(others, out var otherLocks), others, []);
        _otherLock = ManifestText.ParseLock(otherLocks);
    }

    public void Run()
    {
        for (var steps = _random.Next(1, 10); steps > 0; steps--)
        {
            var before = _manifest.Text();
            var (edited, story) = Step();
            var text = _manifest.Text();
            story += $"\n--- before\n{before}\n--- after\n{text}\n--- lock\n{_lock.Text()}";
            foreach (var manifest in new[] { _manifest, ManifestText.Parse(text) })
            {
                Assert.True(_model.Select(e => e.Id).SequenceEqual(manifest.Ids), "other artifacts: " + story);
                Assert.True(_model.Select(e => e.Values).SequenceEqual(Values(manifest)), $"other values: {story}\n--- model\n{string.Join('\n', _model.Select(e => e.Values))}");
            }

            foreach (var entry in _model.Where(e => e.Id != edited && e.Text is not null))
            {
                Assert.True(text.Contains(entry.Text!, StringComparison.Ordinal), $"the text of {entry.Id} changed: {story}");
            }

            foreach (var lockFile in new[] { _lock, ManifestText.ParseLock(_lock.Text()) })
            {
                Assert.True(_locked.ToHashSet().SetEquals(lockFile.Entries.Select(e => KeyValuePair.Create(ArtifactId.Parse(string.Join(':', e.Key.Split("::").Reverse())), e.Value))), "other locks: " + story);
            }

            foreach (var group in ManifestText.Parse(text).ReadGroups())
            {
                Assert.True(group.Members.All(member => _model.Exists(e => e.Id == ArtifactId.Parse(member))), "a group lists a removed artifact: " + story);
            }

            Assert.True(!text.Replace(_newLine, "", StringComparison.Ordinal).Contains('\n'), "line endings are mixed: " + story);
        }
    }

    private static IEnumerable<string> Values(Manifest manifest)
    {
        var root = TomlDocument.Parse(manifest.ToBytes(), "x").Root;
        return root.Array("artifacts").Select(ShowSorted);
    }

    private static string ShowSorted(TomlTable table) => ModelTable.Of(table).Show(true);

    private static string ShowRest(TomlTable table)
    {
        var model = ModelTable.Of(table);
        model.Entries.RemoveAll(e => e.Key is "upstream" or "resolved_sha" or "version_spec" or "last_updated" or "resolved_version");
        return model.Show(true);
    }

    private (ArtifactId? Id, string Story) Step()
    {
        var id = new ArtifactId(ArtifactType.Parse(_types[_random.Next(_types.Length)]), "n" + _random.Next(6));
        var place = _model.FindIndex(e => e.Id == id);
        var now = ManifestText.Now.AddSeconds(++_serial);
        switch (_random.Next(6))
        {
            case 0 when place < 0:
                Add(id, now);
                return (id, $"add {id}");
            case 1:
                Assert.Equal(place >= 0, _manifest.Remove(id, now));
                Assert.Equal(_locked.Remove(id), _lock.Remove(id));
                if (place >= 0) _model.RemoveAt(place);
                return (id, $"remove {id}");
            case 5:
                var several = _model.Select(e => e.Id).Where(_ => _random.Next(2) == 0).Append(id).ToHashSet();
                Assert.Equal(_model.Exists(e => several.Contains(e.Id)), _manifest.Remove(several, now));
                foreach (var one in several) Assert.Equal(_locked.Remove(one), _lock.Remove(one));
                _model.RemoveAll(e => several.Contains(e.Id));
                return (null, $"remove {string.Join(", ", several)}");
            case 2 when place >= 0:
                Update(id, place, now);
                return (id, $"update {id}");
            default:
                Copy(id, place, now);
                return (id, $"copy {id} from\n{_other.Text()}\n{_otherLock.Text()}");
        }
    }

    private void Add(ArtifactId id, DateTimeOffset now)
    {
        var tags = TextValues.Of(Enumerable.Range(0, _random.Next(3)).Select(i => $"t{i}"));
        _manifest.Add(ManifestText.Local(id.ToString(), PathOf(id)) with { Tags = tags, Title = "T" }, now);
        var added = $"[[artifacts]]\nname = \"{id.Name}\"\ntype = \"{id.Type}\"\npath = \"{PathOf(id)}\"\norigin = \"local\"\nadded = \"{IsoTime.Write(now)}\"\n"
            + (tags.Count > 0 ? $"tags = [{string.Join(", ", tags.Select(t => $"\"{t}\""))}]\n" : "") + "metadata.title = \"T\"\n";
        _model.Add(new Entry(id, ShowText(added), null));
    }

    private void Update(ArtifactId id, int place, DateTimeOffset now)
    {
        var rest = ShowRest(TableAt(place));
        var version = new ArtifactVersion(Maybe("u"), Maybe("s"), Maybe("v"), Maybe("w"));
        _manifest.Update(id, version, now);
        var values = new Dictionary<string, string?> { ["upstream"] = version.Upstream, ["resolved_sha"] = version.ResolvedSha, ["version_spec"] = version.Ref, ["last_updated"] = IsoTime.Write(now) };
        var table = TableAt(place);
        foreach (var (key, value) in values.Where(v => v.Value is not null)) Assert.Equal(value, table.Find(key)?.AsString());
        Assert.Equal(version.ResolvedVersion, table.Find("resolved_version")?.AsString());
        Assert.Equal(rest, ShowRest(table));
        _model[place] = new Entry(id, ShowSorted(table), null);

        var entry = new LockEntry("h" + ++_serial, version.Upstream, version.ResolvedSha, version.ResolvedVersion);
        _lock.Set(id, entry, now);
        _locked[id] = entry;
    }

    private void Copy(ArtifactId id, int place, DateTimeOffset now)
    {
        _manifest.CopyArtifact(_other, id, now);
        var source = _other.Ids.ToList().IndexOf(id);
        if (source < 0 && place >= 0) _model.RemoveAt(place);
        else if (source >= 0 && place >= 0) _model[place] = new Entry(id, Values(_other).ElementAt(source), null);
        else if (source >= 0) _model.Add(new Entry(id, Values(_other).ElementAt(source), null));

        _lock.CopyEntry(_otherLock, id);
        if (_otherLock.Find(id) is { } entry) _locked[id] = entry;
        else _locked.Remove(id);
    }

    private TomlTable TableAt(int place) => TomlDocument.Parse(_manifest.ToBytes(), "x").Root.Array("artifacts")[place];

    private string? Maybe(string text) => _random.Next(3) == 0 ? null : text + ++_serial;

    private static string PathOf(ArtifactId id) => $"{id.Type.Container}/{id.Name}";

    private static string ShowText(string text) => ShowSorted(TomlDocument.Parse(Encoding.UTF8.GetBytes(text), "x").Root.Array("artifacts")[0]);

    private Manifest Parse(string text, List<(ArtifactId Id, string Text)> artifacts, List<Entry> model)
    {
        var manifest = ManifestText.Parse(text);
        model.AddRange(artifacts.Zip(Values(manifest), (artifact, values) => new Entry(artifact.Id, values, artifact.Text.TrimEnd('\n').Replace("\n", _newLine, StringComparison.Ordinal))));
        return manifest;
    }

    private List<(ArtifactId Id, string Text)> Artifacts()
    {
        var isInline = _random.Next(4) == 0;
        return Enumerable.Range(0, _random.Next(6)).Select(_ => _types[_random.Next(_types.Length)]).Select(type =>
        {
            var id = new ArtifactId(ArtifactType.Parse(type), "n" + _random.Next(6));
            var head = new[] { $"name = \"{id.Name}\"", $"type = '{type}'", $"path = \"{PathOf(id)}\"", "origin = \"local\"", "added = \"2026\"", $"x.y = {++_serial}" };
            return (id, isInline ? $"{{ {string.Join(", ", head)}, z = [{{ w = {++_serial} }}] }}" : Section(head));
        }).DistinctBy(a => a.id).ToList();
    }

    private string Section(string[] head)
    {
        var text = new StringBuilder("[[artifacts]]" + Comment() + "\n");
        foreach (var line in head) text.Append(line).Append(Comment()).Append('\n');
        if (_random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $"resolved_version = 'v{++_serial}'{Comment()}\n");
        if (_random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $"\n# c{++_serial}\n[artifacts.metadata]{Comment()}\ntitle = 't{++_serial}'\n");
        if (_random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $"\n[artifacts.metadata.extra.a]\nb = {++_serial} # b\nc = {{ d = [] }}\n");
        if (_random.Next(2) == 0) text.Append(CultureInfo.InvariantCulture, $"\n[[artifacts.metadata.linked]]\nid = {_random.Next(3)}\n\n[[artifacts.metadata.linked]]\nid = {++_serial}\n[artifacts.metadata.linked.t]\n");
        return text.ToString();
    }

    private string Comment() => _random.Next(3) == 0 ? $" # c{++_serial}" : "";

    private string Document(List<(ArtifactId Id, string Text)> artifacts, out string? locks)
    {
        const string Header = "[collection] # head\nname = \"default\"\nupdated = '1'\n";
        var groups = $"\n[[groups]]\nname = \"g\"\nmembers = [{string.Join(", ", artifacts.Select(a => $"\"{a.Id}\""))}]\n";
        var isInline = artifacts.Count > 0 && artifacts[0].Text[0] == '{';
        var text = isInline
            ? $"artifacts = [{string.Join(", ", artifacts.Select(a => a.Text))}]\n{Header}{groups}"
            : Header + string.Concat(artifacts.Select(a => $"\n# about {a.Id}\n{a.Text}")) + (_random.Next(2) == 0 ? groups : "");
        if (_random.Next(4) == 0) text = text.TrimEnd('\n');

        var entries = artifacts.Where(_ => _random.Next(4) > 0).Select(a =>
            $"\n[lock.entries.\"{a.Id.Name}::{(a.Id.Type == ArtifactType.Mcp ? _types[_random.Next(2, 5)] : a.Id.Type.Name)}\"]\ncontent_hash = 'h{++_serial}' # c\nfetched = '1'\nours = 1\n");
        locks = _random.Next(5) == 0 ? null : "[lock]\nversion = \"1.0.0\"\n" + string.Concat(entries);
        return text.Replace("\n", _newLine, StringComparison.Ordinal);
    }

    private sealed record Entry(ArtifactId Id, string Values, string? Text);
}
