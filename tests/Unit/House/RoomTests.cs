using System.Text.RegularExpressions;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.House;

/// <summary>Rooms are the engine's top-level folders. The dependencies between rooms have no circle, not even through a third room.</summary>
public sealed partial class RoomTests
{
    private static readonly string _engine = Path.Combine(Checkout.Folder, "src", "SkillMeat.Engine");

    private static readonly Lazy<HashSet<(string Room, string Type)>> _typesOfRooms = new(() =>
        [.. Folders().SelectMany(room => Sources(Path.Combine(_engine, room)).Select(file => (room, Path.GetFileNameWithoutExtension(file))))]);

    public static TheoryData<string> Rooms => new(Folders());

    [Fact]
    public void Rooms_do_not_need_each_other_in_a_circle()
    {
        var needs = Folders().ToDictionary(room => room, NeedsOf);
        Assert.Contains("Collections", needs["Refresh"].Keys);

        // Remove rooms that need only rooms removed before; the remaining ones form a circle.
        while (needs.Where(room => !room.Value.Keys.Any(needs.ContainsKey)).Select(room => room.Key).ToList() is { Count: > 0 } free)
        {
            foreach (var room in free) needs.Remove(room);
        }

        Assert.True(needs.Count == 0, string.Join('\n', needs.SelectMany(room => room.Value.Where(need => needs.ContainsKey(need.Key)).Select(need => $"{room.Key} needs {need.Key}: {need.Value}"))));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_has_a_README(string room)
    {
        var lines = File.ReadAllLines(Path.Combine(_engine, room, "README.md"));
        Assert.InRange(lines.Length, 4, 30);
    }

    [Theory]
    [InlineData("SkillMeat.Engine", "")]
    [InlineData("SkillMeat.Server", "Server.")]
    public void The_namespace_of_a_file_is_its_folder(string project, string prefix)
    {
        var root = Path.Combine(Checkout.Folder, "src", project);
        var files = Sources(root).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => NamespaceOf(file) != prefix + Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.'));
    }

    [Fact]
    public void The_service_knows_the_engine_only()
    {
        var root = Path.Combine(Checkout.Folder, "src", "SkillMeat.Server");
        Assert.DoesNotContain(Sources(root), file => File.ReadAllText(file) is var text && (text.Contains("SkillMeat.Cli", StringComparison.Ordinal) || text.Contains("SkillMeat.Cmdlets", StringComparison.Ordinal)));
        Assert.Equal(["SkillMeat.Engine.csproj"], Reference().Matches(File.ReadAllText(Path.Combine(root, "SkillMeat.Server.csproj"))).Select(match => match.Groups[1].Value));
    }

    private static List<string> Folders() =>
        [.. Directory.GetDirectories(_engine).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    /// <summary>The rooms that a room needs, each with a file that needs it.</summary>
    internal static Dictionary<string, string> NeedsOf(string room)
    {
        var needs = new Dictionary<string, string>();
        foreach (var file in Sources(Path.Combine(_engine, room)))
        {
            var text = File.ReadAllText(file);
            var named = Qualified().Matches(text).Where(match => _typesOfRooms.Value.Contains((match.Groups[1].Value, match.Groups[2].Value)));
            foreach (var other in Using().Matches(text).Concat(named).Select(match => match.Groups[1].Value).Where(other => other != room))
            {
                needs.TryAdd(other, Path.GetRelativePath(_engine, file));
            }
        }

        return needs;
    }

    private static string NamespaceOf(string file) => Namespace().Match(File.ReadAllText(file)).Groups[1].Value;

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(folder, file).StartsWith("bin", StringComparison.Ordinal));

    [GeneratedRegex(@"^using SkillMeat\.(\w+)[.;]", RegexOptions.Multiline)]
    private static partial Regex Using();

    /// <summary>A type with the name of its room before it, as in <c>Errors.ErrorIds</c>.</summary>
    [GeneratedRegex(@"(?<![\w.])(\w+)\.(?:\w+\.)?(\w+)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([\w.]+\.csproj)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^namespace SkillMeat\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
