using SkillMeat.Additions;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>A skill with broken front matter is added, updated and refreshed, and the line of the file is named.</summary>
public sealed class BrokenFrontMatterTests
{
    // The file, and the line that strict YAML does not accept.
    private static readonly (string Text, int Line)[] _kinds =
    [
        ("---\nname: x\ndescription: Builds charts: bars and pies\n---\n", 3),
        ("---\nname: x\ndescription: Ends so:\n---\n", 3),
        ("---\nname: x\nargument-hint: [file] [sheet]\n---\n", 3),
        ("---\nname: x\nargument-hint: <file> | [sheet\ndescription: d\n---\n", 0),
        ("---\nname: x\nargument-hint: [sheet\ndescription: d\n---\n", 3),
        ("---\nname: x\nallowed-tools: *\n---\n", 3),
        ("---\nname: x\ndescription: *Always* use it\n---\n", 3),
        ("---\nname: x\ndescription: @team/charts\n---\n", 3),
        ("---\nname: x\ndescription: `chart` draws\n---\n", 3),
        ("---\nname: x\ndescription: %d charts\n---\n", 3),
        ("---\nname: x\ndescription: & friends\n---\n", 3),
        ("---\nname: x\ndescription: !!important\n---\n", 3),
        ("---\nname: x\ndescription: !very important\n---\n", 3),
        ("---\nname: x\ndescription: > 3 charts\n---\n", 3),
        ("---\nname: x\ndescription: | or pipe\n---\n", 3),
        ("---\nname: x\ndescription: {{ chart }}\n---\n", 3),
        ("---\nname: x\ndescription: {a} or {b}\n---\n", 3),
        ("---\nname: x\ndescription: - one\n---\n", 3),
        ("---\nname: x\ndescription: \"Chart\" it\n---\n", 3),
        ("---\nname: x\ndescription: \"Say \"chart\" to it\"\n---\n", 3),
        ("---\nname: x\ndescription: 'The user's charts'\n---\n", 3),
        ("---\nname: x\ndescription: \"open\n---\n", 3),
        ("---\nname: x\ndescription: \"D:\\charts\"\n---\n", 3),
        ("---\nname: x\ndescription:No space\nlicense: MIT\n---\n", 3),
        ("---\nname: x\n\tdescription: tab\n---\n", 3),
        ("---\nname: x\nmetadata:\n\tauthor: me\n---\n", 4),
        ("---\nname: x\ndescription: a\n  license: MIT\n---\n", 4),
        ("---\nname: x\ndescription: >\nat the margin: yes\n---\n", 0),
        ("---\nname: x\ndescription: one\nline without a key\n---\n", 4),
        ("---\nname: x\ndescription: one\ndescription: two\n---\n", 4),
        ("---\nname: x\ndescription: never closed\n", 1),
        ("---\nname: x\ndescription: closed wrongly\n--\nBody\n", 1),
        ("---\nname: x\ndescription: closed with more\n----\nBody\n", 1),
        ("---\n- name\n- x\n---\n", 2),
        ("---\njust words\n---\n", 2),
        ("---\n{ name: x,\n---\n", 2),
        ("---\nname: x\ndescription: d\u0007\n---\n", 3),
        ("---\nname: x\ndescription: d\u2028e\n---\n", 3),
        ("---\nname: x\n<<<<<<< HEAD\ndescription: a\n=======\ndescription: b\n>>>>>>> two\n---\n", 3),
        ("---\r\nname: x\r\nlicense: MIT\r\ndescription: a: b\r\n---\r\n", 4),
        ("---\rname: x\rdescription: a: b\r---\rBody", 3),
        ("\uFEFF---\nname: x\ndescription: a: b\n---\n", 3),
        ("---\nname: x\ndescription: ok\nextra: *nowhere\n---\n", 4),
        ("---\nname: x\ndescription: ok\nextra: &a [b\n---\n", 4),
        ("---\nname: x\ndescription: ok\n? odd\n---\n", 0),
        ("---\n\n\nname: x\n# a comment: with a colon\ndescription: a: b\n---\n", 6),
        ("---\nname: x\ndescription: |\n  fine\n bad: x\n---\n", 0),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_kind_is_refused_and_each_line_is_named(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        var names = Enumerable.Range(0, _kinds.Length).Select(i => $"s{i:00}").ToList();
        scene.Git.Commit("1", [.. names.Zip(_kinds, (name, kind) => GitChange.Write($"skills/{name}/SKILL.md", kind.Text)), GitChange.Write("skills/latin/SKILL.md", Latin)]);
        names.Add("latin");
        var lines = _kinds.Select(kind => kind.Line).Append(3).ToList();

        var added = await scene.AddAsync([.. names.Select(name => $"{Repo}/skills/{name}")]);
        scene.Git.Commit("2", [.. names.Select(name => GitChange.Write($"skills/{name}/ref.md", "more"))]);
        var refreshed = await RefreshAsync(scene);
        var updated = (await scene.UpdateAsync()).Entries.ToDictionary(entry => entry.Name);

        for (var i = 0; i < names.Count; i++)
        {
            Assert.Equal((names[i], AddStatus.Added), (names[i], added[i].Status));
            Assert.Equal((names[i], UpdateStatus.Updated), (names[i], updated[names[i]].Status));
            Assert.NotEqual((names[i], RefreshStatus.Error), (names[i], refreshed[names[i]].Status));
            if (lines[i] == 0) continue;
            var said = $"SKILL.md line {lines[i]}: ";
            Assert.Contains(said, string.Join('\n', added[i].Warnings.Prepend(names[i])), StringComparison.Ordinal);
            Assert.Contains(said, string.Join('\n', updated[names[i]].Warnings.Prepend(names[i])), StringComparison.Ordinal);
            Assert.Contains(said, $"{names[i]}\n{refreshed[names[i]].Reason}", StringComparison.Ordinal);
        }
    }

    private static byte[] Latin => [.. "---\nname: x\ndescription: caf"u8, 0xE9, .. "\n---\n"u8];

    private static async Task<Dictionary<string, RefreshEntry>> RefreshAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return (await new CollectionRefresher(store, session).RefreshAsync(new RefreshRequest(), Cancellation)).Entries.ToDictionary(entry => entry.Name);
    }
}
