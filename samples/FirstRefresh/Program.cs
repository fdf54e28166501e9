using SkillMeat.Cli;

// The first run: a copy of the sample home, checked against and refreshed from the sample's folder upstream.
var place = Directory.CreateTempSubdirectory("skillmeat-sample-").FullName;
Copy(Path.Combine(AppContext.BaseDirectory, "sample"), place);
var home = Path.Combine(place, "home");

using var host = SkmHost.OfProcess();
if (await Run("collection", "refresh", "--check-only") == 1 || await Run("collection", "refresh") != 0)
{
    return 1;
}

host.Error.WriteLine($"The copy is in {place}; delete it when you are done.");
return 0;

Task<int> Run(params string[] command)
{
    host.Error.WriteLine($"> skm {string.Join(' ', command)} --home {home}");
    return SkmApp.RunAsync([.. command, "--home", home], host);
}

static void Copy(string from, string to)
{
    foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}
