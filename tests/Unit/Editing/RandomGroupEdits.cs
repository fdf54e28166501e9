using System.Globalization;
using System.Text;
using SkillMeat.Editing;
using SkillMeat.Toml;
using Xunit;

namespace SkillMeat.Tests.Editing;

/// <summary>Makes random edits of groups, and compares the file with a naive model of lists after each.</summary>
internal sealed class RandomGroupEdits(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<(string Name, string Color, List<string> Members)> _model = [];

    public async Task RunAsync()
    {
        using var scene = new EditScene(Start());
        var comments = CommentsOf(scene.Whole);
        for (var step = 0; step < 12; step++)
        {
            var edit = Next();
            await scene.EditAsync(edit);
            var situation = $"seed {seed}, step {step}: {edit} {string.Join(',', edit.Items)}\n{scene.Text}";
            Assert.True(_model.Select(group => group.Name).SequenceEqual(scene.Collection.Groups), situation);
            var groups = TomlDocument.Parse(File.ReadAllBytes(scene.Home.Manifest), "collection.toml").Root.Array("groups");
            for (var i = 0; i < _model.Count; i++)
            {
                var members = groups[i].Find("members")?.TryTexts() ?? [];
                Assert.True(_model[i].Members.SequenceEqual(members), situation);
                Assert.True(_model[i].Color == groups[i].FindText("color"), situation);
            }

            // The comments that are in no removed group stay, and so does everything else.
            if (edit.Action == EditAction.Remove) comments = CommentsOf(scene.Whole);
            Assert.True(comments.SequenceEqual(CommentsOf(scene.Whole)), situation);
            Assert.Contains("[other]\nkept = 1 # kept\n", scene.Whole.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
    }

    private static List<string> CommentsOf(string text) =>
        [.. text.Split('\n').Where(line => line.Contains('#', StringComparison.Ordinal)).Select(line => line[line.IndexOf('#', StringComparison.Ordinal)..].TrimEnd()).Order(StringComparer.Ordinal)];

    private string Start()
    {
        var text = new StringBuilder("\n[other]\nkept = 1 # kept\n");
        for (var i = _random.Next(5); i > 0; i--)
        {
            var members = Enumerable.Range(1, 4).Where(_ => _random.Next(2) == 0).Select(n => $"skill:a{n}").ToList();
            _model.Add(($"S{i}", "slate", members));
            var list = _random.Next(3) switch
            {
                0 => $"[{string.Join(", ", members.Select(member => $"'{member}'"))}]",
                1 => $"[\n{string.Concat(members.Select(member => $"  \"{member}\", # member {i} {member}\n"))}  # end {i}\n]",
                _ => $"[ # head {i}\n  {string.Join(" , ", members.Select(member => $"\"{member}\""))} ]",
            };
            text.Append(CultureInfo.InvariantCulture, $"\n# above {i}\n[[groups]] # head of {i}\nname = 'S{i}'\nmembers = {list}\ncolor = \"slate\" # color of {i}\nunknown = {{ x = {i} }}\n");
            if (_random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"# below {i}\n\n[groups.sub] # sub {i}\ny = {i}\n");
            if (_random.Next(3) == 0) text.Append(CultureInfo.InvariantCulture, $"\n# free {i}\n");
            if (_random.Next(4) == 0) text.Append(CultureInfo.InvariantCulture, $"\n[apart{i}]\nz = {i} # apart\n");
        }

        return text.ToString();
    }

    private ManifestEdit Next()
    {
        var at = _model.Count == 0 ? -1 : _random.Next(_model.Count);
        var kind = at < 0 ? 0 : _random.Next(6);
        if (kind == 0) return Create();
        var (name, color, members) = _model[at];
        switch (kind)
        {
            case 1:
                var position = _random.Next(_model.Count + 1);
                _model.RemoveAt(at);
                _model.Insert(Math.Min(position, _model.Count), (name + "x", color, members));
                return EditScene.Group(EditAction.Set, name) with { NewName = name + "x", Position = position };
            case 2 when _random.Next(3) == 0:
                _model.RemoveAt(at);
                return EditScene.Group(EditAction.Remove, name);
            case 2 or 3:
                _model[at] = (name, "teal", members);
                return EditScene.Group(EditAction.Set, name) with { Values = EditScene.Values("color", "teal") };
            case 4 when members.Count > 0:
                var gone = members[_random.Next(members.Count)];
                members.Remove(gone);
                return EditScene.Group(EditAction.RemoveMembers, name, gone);
            default:
                var added = Enumerable.Range(1, 4).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).Select(n => $"skill:a{n}").ToList();
                int? place = _random.Next(2) == 0 ? null : _random.Next(5);
                if (place is { } index)
                {
                    members.RemoveAll(added.Contains);
                    members.InsertRange(Math.Min(index, members.Count), added);
                }
                else
                {
                    members.AddRange(added.Where(one => !members.Contains(one)).ToList());
                }

                return EditScene.Group(EditAction.AddMembers, name, [.. added]) with { Position = place };
        }
    }

    private ManifestEdit Create()
    {
        var name = $"N{_random.Next(1_000_000)}";
        int? position = _random.Next(2) == 0 ? null : _random.Next(_model.Count + 2);
        _model.Insert(Math.Min(position ?? _model.Count, _model.Count), (name, "", ["skill:a1"]));
        return EditScene.Group(EditAction.Create, name, "a1") with { Position = position };
    }
}
