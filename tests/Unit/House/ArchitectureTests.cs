using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.House;

/// <summary>The guide to the architecture says what is there.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string _guide = File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "architecture.md"));

    [Fact]
    public void The_tables_are_those_of_the_cache()
    {
        var tables = ReadSchema();
        var diagram = ErDiagram().Match(_guide).Groups[1].Value;
        var shown = Entity().Matches(diagram).ToDictionary(match => match.Groups[1].Value, match => Attribute().Matches(match.Groups[2].Value).Select(one => (Type: one.Groups[1].Value, Name: one.Groups[2].Value)).ToList());
        Assert.Equal(tables.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        foreach (var (table, columns) in shown)
        {
            Assert.NotEmpty(columns);
            foreach (var (type, name) in columns)
            {
                Assert.True(tables[table].TryGetValue(name, out var declared), $"{table} has no {name}.");
                // The tables of full text have no types.
                Assert.True(declared.Length == 0 || declared.Equals(type, StringComparison.OrdinalIgnoreCase), $"{table}.{name} is {declared}.");
            }
        }

        Assert.All(Relation().Matches(diagram), match => Assert.True(tables.ContainsKey(match.Groups[1].Value) && tables.ContainsKey(match.Groups[2].Value), match.Value));
    }

    [Theory]
    [InlineData("SkillMeat.Engine")]
    [InlineData("SkillMeat.Server")]
    public void The_rooms_are_those_of_the_source(string project)
    {
        var folders = Directory.GetDirectories(Path.Combine(Checkout.Folder, "src", project)).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal).ToList();
        if (project == "SkillMeat.Engine")
        {
            Assert.Equal(folders, Rows().SelectMany(row => row).Order(StringComparer.Ordinal));
            Assert.Equal(folders, BoxesOfRooms().Distinct().Order(StringComparer.Ordinal));
            return;
        }

        // Those of one concept each are not named.
        Assert.All(ServerRooms().Match(_guide).Value.Split('`').Where((_, index) => index % 2 == 1), name => Assert.True(name.Contains('/', StringComparison.Ordinal) || folders.Contains(name), name));
    }

    [Fact]
    public void A_room_uses_only_those_above_it()
    {
        var places = Rows().SelectMany((row, index) => row.Select(room => (room, index))).ToDictionary(one => one.room, one => one.index);
        foreach (var (room, place) in places)
        {
            Assert.DoesNotContain(RoomTests.NeedsOf(room), need => places.TryGetValue(need.Key, out var other) && other >= place);
            // The arrows are true, too.
            Assert.All(Arrows().Where(arrow => arrow.User == room), arrow => Assert.Contains(arrow.Used, RoomTests.NeedsOf(room).Keys));
        }
    }

    private static List<List<string>> Rows() => [.. RoomRow().Matches(Rooms().Match(_guide).Value).Select(row => Quoted().Matches(row.Groups[1].Value).Select(one => one.Groups[1].Value).ToList())];

    private static IEnumerable<string> BoxesOfRooms() => Box().Matches(RoomDiagram().Match(_guide).Value).Select(match => match.Groups[1].Value);

    /// <summary>The arrows between rooms, of which one line can have several.</summary>
    private static IEnumerable<(string Used, string User)> Arrows()
    {
        var diagram = RoomDiagram().Match(_guide).Value;
        var names = NamedBox().Matches(diagram).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var line in diagram.Split('\n').Where(line => line.Contains("-->", StringComparison.Ordinal)))
        {
            var groups = line.Split("-->").Select(part => part.Split('&').Select(one => names[one.Trim().Split('[')[0]]).ToList()).ToList();
            foreach (var (used, user) in groups.Zip(groups.Skip(1)).SelectMany(pair => pair.First.SelectMany(used => pair.Second.Select(user => (used, user))))) yield return (used, user);
        }
    }

    private static Dictionary<string, Dictionary<string, string>> ReadSchema()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var script in Directory.GetFiles(Path.Combine(Checkout.Folder, "src", "SkillMeat.Engine", "Cache", "Database", "Schema"), "*.sql").Order(StringComparer.Ordinal))
        {
            using var command = connection.CreateCommand();
            command.CommandText = File.ReadAllText(script);
            command.ExecuteNonQuery();
        }

        using var query = connection.CreateCommand();
        query.CommandText = "SELECT t.name, c.name, c.type FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.type IN ('table', 'virtual') AND t.schema = 'main' AND t.name NOT LIKE 'sqlite%'";
        var tables = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            if (!tables.TryGetValue(reader.GetString(0), out var columns)) tables[reader.GetString(0)] = columns = new Dictionary<string, string>(StringComparer.Ordinal);
            columns[reader.GetString(1)] = reader.GetString(2);
        }

        return tables;
    }

    [GeneratedRegex(@"erDiagram\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ErDiagram();

    [GeneratedRegex(@"^ {4}(\w+) \{\n(.*?)^ {4}\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Entity();

    [GeneratedRegex(@"^ {8}(\w+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^ {4}(\w+) [|}][|o]--[|o][|{] (\w+) :", RegexOptions.Multiline)]
    private static partial Regex Relation();

    [GeneratedRegex(@"## Rooms of the engine.*?## Files", RegexOptions.Singleline)]
    private static partial Regex Rooms();

    [GeneratedRegex(@"^\| (`[A-Z][^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"flowchart BT.*?```", RegexOptions.Singleline)]
    private static partial Regex RoomDiagram();

    [GeneratedRegex(@"\b[a-z]+\[([A-Z]\w+)\]")]
    private static partial Regex Box();

    [GeneratedRegex(@"\b([a-z]+)\[([A-Z]\w+)\]")]
    private static partial Regex NamedBox();

    [GeneratedRegex(@"The rooms of the service.*\n")]
    private static partial Regex ServerRooms();
}
