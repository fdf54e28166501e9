using System.Text;
using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Json;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class SettingsTextTests
{
    private static readonly ArtifactId _hook = new(ArtifactType.Hook, "guard");

    public static TheoryData<string> Files => new()
    {
        "{}\n", "{\n  \"model\": \"opus\"\n}\n", "\uFEFF{\r\n\t\"model\": \"opus\", // the best\r\n\t\"hooks\": {\r\n\t\t\"Stop\": [\r\n\t\t\t{ \"hooks\": [] }\r\n\t\t]\r\n\t}\r\n}\r\n",
        "{\n    \"unknown\": { \"deep\": [1, 2, { \"x\": null }] },\n    \"hooks\": {\n        \"PreToolUse\": [\n            { \"matcher\": \"Bash\", \"hooks\": [{ \"type\": \"command\", \"command\": \"mine.sh\" }] },\n        ],\n    },\n}\n",
        "{\"hooks\":{\"PreToolUse\":[]},\"a\":1}", "{\n  /* servers */ \"mcpServers\": { \"mine\": { \"command\": \"a\" } }\n}",
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Settings_that_are_activated_and_taken_out_leave_every_byte(string text)
    {
        var settings = Open(text);
        var parts = Fragments().Select(fragment => settings.Add(_hook, fragment)!).ToList();
        var after = TextOf(settings)!;
        Assert.Equal(text.Contains("\r\n", StringComparison.Ordinal), !after.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n'));
        settings = Open(after, settings.Opened);
        Assert.All(parts, part => Assert.True(settings.Has(part)));

        foreach (var part in parts.AsEnumerable().Reverse()) Assert.True(settings.Remove(part));

        Assert.Equal(text, TextOf(settings));
        Assert.Empty(settings.Opened);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n\n")]
    public void A_file_that_is_blank_or_missing_becomes_so_again(string? text)
    {
        var settings = SettingsText.Of(text is null ? null : Encoding.UTF8.GetBytes(text), "settings.json", []);
        Assert.Equal(text, TextOf(settings));
        var parts = Fragments().Select(fragment => settings.Add(_hook, fragment)!).ToList();
        settings = Open(TextOf(settings)!, settings.Opened);

        foreach (var part in parts) Assert.True(settings.Remove(part));

        Assert.Equal(text, TextOf(settings));
    }

    [Fact]
    public void Random_settings_are_as_they_were_after_parts_were_added_and_taken_out_in_any_order()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomSettings(seed);
            var text = random.Next();
            var settings = Open(text);
            var added = new List<Activated>();
            foreach (var fragment in Fragments().Concat([Hook("PreToolUse", "third.sh"), Server("another", "x"), Hook("Extra", "last.sh")]).Where(_ => random.Below(2) == 0))
            {
                if (settings.Add(_hook, fragment) is { } part) added.Add(part);
                settings = Open(TextOf(settings)!, settings.Opened);
                // Taken out and added again in between, as an update does.
                if (random.Below(4) > 0) continue;
                Assert.True(settings.Remove(added[^1]));
                added.RemoveAt(added.Count - 1);
                if (settings.Add(_hook, fragment) is { } again) added.Add(again);
            }

            Assert.All(added, part => Assert.True(settings.Has(part), $"seed {seed}"));
            while (added.Count > 0)
            {
                var index = random.Below(added.Count);
                settings = Open(TextOf(settings)!, settings.Opened);
                Assert.True(settings.Remove(added[index]), $"seed {seed}");
                added.RemoveAt(index);
                if (TextOf(settings) is { } left && left.Trim('\uFEFF', ' ', '\r', '\n').Length > 0) JsonText.Parse(left.TrimStart('\uFEFF'), "left");
            }

            Assert.True(text == TextOf(settings), $"seed {seed}:\n{text}\nbecame\n{TextOf(settings)}");
        }
    }

    [Fact]
    public void Values_of_others_stay_even_if_somebody_writes_the_file_anew_in_between()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomSettings(seed);
            var text = random.Next();
            if (text.TrimStart('\uFEFF').Trim().Length == 0) continue;
            var settings = Open(text);
            var parts = Fragments().Select(fragment => settings.Add(_hook, fragment)).OfType<Activated>().ToList();
            // A comment where none was, and everything that can be on one line is.
            var edited = TextOf(settings)!.Replace("\n", "\n ", StringComparison.Ordinal).Replace("\"command\"", "/* mine */ \"command\"", StringComparison.Ordinal).Replace("},", "} // mine\n,", StringComparison.Ordinal);
            var opened = Open(edited, settings.Opened);
            var wanted = ValuesOf(text);

            foreach (var part in parts) Assert.True(opened.Remove(part), $"seed {seed}");

            // Containers that were new can stay with a comment in them.
            Assert.True(wanted == ValuesOf(TextOf(opened)!), $"seed {seed}:\n{text}\n{edited}\nbecame\n{TextOf(opened)}");
        }
    }

    [Fact]
    public void A_hand_made_part_is_never_overwritten_or_taken_out()
    {
        var settings = Open("{ \"mcpServers\": { \"ours\": { \"command\": \"by hand\" } } }");
        Assert.Contains("another 'ours'", Assert.Throws<SkillMeatException>(() => settings.Add(_hook, Server("ours", "b"))).Message, StringComparison.Ordinal);
        Assert.True(settings.HasAnother(settings.PartOf(_hook, Server("ours", "b"))));

        var same = Open("{ \"mcpServers\": { \"ours\": { \"command\":   \"b\" } } }");
        Assert.Null(same.Add(_hook, Server("ours", "b")));

        var added = same.Add(_hook, Server("second", "c"))!;
        var edited = Open(TextOf(same)!.Replace("\"c\"", "\"changed by hand\"", StringComparison.Ordinal));
        Assert.False(edited.Remove(added));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"hooks\": 1 }")]
    [InlineData("{ \"hooks\": { \"PreToolUse\": {} } }")]
    public void Settings_of_another_form_are_refused(string text)
    {
        Assert.ThrowsAny<SkillMeatException>(() => Open(text).Add(_hook, Hook("PreToolUse", "ours.sh")));
    }

    private static SettingsText Open(string text, IReadOnlyList<OpenedContainer>? opened = null) => SettingsText.Of(Encoding.UTF8.GetBytes(text), "settings.json", opened ?? []);

    private static string? TextOf(SettingsText settings) => settings.ToBytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    // Without empty objects and arrays, which may have been made for the parts.
    private static string ValuesOf(string text)
    {
        var json = JsonText.Parse(text.TrimStart('\uFEFF'), "left");
        return ValuesOf(json, json.Root);
    }

    private static string ValuesOf(JsonText json, JsonSpan node) => node.Kind switch
    {
        JsonKind.Object => string.Concat(node.Items.Select(member => (member.Name, Text: ValuesOf(json, member.Value))).Where(member => member.Text.Length > 0).Select(member => $"{member.Name}={{{member.Text}}}")),
        JsonKind.Array => string.Concat(node.Items.Select(element => $"[{ValuesOf(json, element.Value)}]")),
        _ => json.Text[node.Start..node.End],
    };

    private static IEnumerable<Fragment> Fragments() => [Hook("PreToolUse", "ours.sh"), Hook("Stop", "ours-too.sh"), Server("ours", "server")];

    private static Fragment Hook(string name, string command) =>
        new(["hooks", name], Name: null, JsonDocument.Parse($$"""{ "matcher": "Write", "hooks": [{ "type": "command", "command": "{{command}}" }] }""").RootElement);

    private static Fragment Server(string name, string command) => new(["mcpServers"], name, JsonDocument.Parse($$"""{ "command": "{{command}}" }""").RootElement);
}
