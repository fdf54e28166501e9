using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A page of one of GitHub's paged lists.</summary>
internal sealed class Connection : IGraphQlNode
{
    private const int LargestPage = 100;

    private readonly string _itemType;
    private readonly List<IGraphQlNode> _page;
    private readonly int _start;
    private readonly int _total;

    private Connection(string itemType, List<IGraphQlNode> page, int start, int total)
    {
        _itemType = itemType;
        _page = page;
        _start = start;
        _total = total;
    }

    public string TypeName => _itemType + "Connection";

    /// <summary>The page that a field's arguments ask for.</summary>
    /// <exception cref="GraphQlFailureException">They select no page, or one that is too large.</exception>
    public static Connection Of<T>(string itemType, FieldCall call, IReadOnlyList<T> items, Func<T, IGraphQlNode> describe)
    {
        var first = call.Number("first");
        var last = call.Number("last");
        var (name, size) = first is { } fromStart ? ("first", fromStart)
            : last is { } fromEnd ? ("last", fromEnd)
            : throw new GraphQlFailureException(
                "MISSING_PAGINATION_BOUNDARIES", $"You must provide a `first` or `last` value to properly paginate the `{call.Name}` connection.");
        if (size is < 0 or > LargestPage)
        {
            throw new GraphQlFailureException(
                "EXCESSIVE_PAGINATION", $"Requesting {size} records on the `{call.Name}` connection exceeds the `{name}` limit of {LargestPage} records.");
        }

        var start = call.Text("after") is { } after ? ReadCursor(after) : 0;
        var end = call.Text("before") is { } before ? ReadCursor(before) - 1 : items.Count;
        end = Math.Clamp(end, 0, items.Count);
        start = Math.Clamp(start, 0, end);
        if (first is not null)
        {
            end = Math.Min(end, start + size);
        }
        else
        {
            start = Math.Max(start, end - size);
        }

        return new Connection(itemType, items.Skip(start).Take(end - start).Select(describe).ToList(), start, items.Count);
    }

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "nodes" => _page,
        "edges" => _page.Select((node, index) => new RecordNode(_itemType + "Edge", new Dictionary<string, object?>
        {
            ["cursor"] = Cursor(_start + index + 1),
            ["node"] = node,
        })),
        "totalCount" => _total,
        "pageInfo" => new RecordNode("PageInfo", new Dictionary<string, object?>
        {
            ["startCursor"] = _page.Count == 0 ? null : Cursor(_start + 1),
            ["endCursor"] = _page.Count == 0 ? null : Cursor(_start + _page.Count),
            ["hasPreviousPage"] = _start > 0,
            ["hasNextPage"] = _start + _page.Count < _total,
        }),
        _ => throw new InvalidOperationException(call.Name),
    };

    // A cursor names the item's position, from 1.
    private static string Cursor(int position) => Convert.ToBase64String(Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));

    private static int ReadCursor(string cursor)
    {
        var buffer = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, buffer, out var length)
            && int.TryParse(Encoding.ASCII.GetString(buffer, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new GraphQlFailureException("INVALID_CURSOR_ARGUMENTS", $"`{cursor}` does not appear to be a valid cursor.");
    }
}
