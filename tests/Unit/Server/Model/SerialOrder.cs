namespace SkillMeat.Tests.Server.Model;

/// <summary>Finds an order in which edits of many clients can have come one after another.</summary>
internal static class SerialOrder
{
    /// <summary>Orders edits: those of one client as it made them, and those that appended to a list as they stand there.</summary>
    /// <param name="clients">The edits of each client in its order.</param>
    /// <param name="lists">The names in each list, as they stand there at the end.</param>
    /// <returns>The edits in an order, or null if there is none.</returns>
    public static IReadOnlyList<ModelEdit>? Find(IReadOnlyList<IReadOnlyList<ModelEdit>> clients, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        var found = new List<ModelEdit>();
        var next = new int[clients.Count];
        var place = lists.Keys.ToDictionary(list => list, _ => 0, StringComparer.Ordinal);
        while (found.Count < clients.Sum(client => client.Count))
        {
            var possible = Enumerable.Range(0, clients.Count).Where(client => next[client] < clients[client].Count && IsNext(clients[client][next[client]])).ToList();
            if (possible.Count == 0) return null;
            // All that can come now, so that the clients take turns.
            foreach (var client in possible)
            {
                var edit = clients[client][next[client]];
                if (!IsNext(edit)) continue;
                found.Add(edit);
                next[client]++;
                if (edit.Appends is { } end && lists[end.List].Contains(end.Name)) place[end.List]++;
            }
        }

        return found;

        // An entry that was removed later is not in the list, and can have come at any time.
        bool IsNext(ModelEdit edit) => edit.Appends is not { } end || !lists[end.List].Contains(end.Name) || lists[end.List].ElementAtOrDefault(place[end.List]) == end.Name;
    }
}
