using Alerts.Testing;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Alerts.Tests;

/// <summary>The folders of src/Grains depend downward only, so that the code can be read in one order; all of src is easy to look over.</summary>
public class FoldersTests
{
    static readonly string[] fromTheTop =
        ["Users", "Reminders", "Insights", "Events", "Channels", "Mail", "Outbox", "Runs", "News", "Search", "SharedData", "State", "Tokens", "Texts", "Sql"];

    static readonly Architecture grains = new ArchLoader().LoadAssembly(typeof(Alerts.Users.UserGrain).Assembly).Build();

    [Fact]
    public void No_folder_depends_on_one_above_it()
    {
        var upward = from type in grains.Types
                     let own = Depth(type)
                     where own >= 0
                     from dependency in type.Dependencies
                     let other = Depth(dependency.Target)
                     where other >= 0 && other < own
                     select $"{type.FullName} needs {dependency.Target.FullName}";
        Assert.Empty(upward.Distinct().Order());
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        var folders = grains.Types.Where(IsOurs).Select(FolderOf).Distinct().Order();
        Assert.Equal(fromTheTop.Order(), folders);
    }

    [Fact]
    public void No_folder_has_more_files_than_can_be_looked_over()
    {
        const int Many = 18;
        var full = Sources().GroupBy(Path.GetDirectoryName).Where(folder => folder.Count() > Many);
        Assert.Empty(full.Select(folder => $"{folder.Key}: {folder.Count()}"));
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        var tooLong = from file in Sources()
                      where file.EndsWith(".cs", StringComparison.Ordinal)
                      from line in File.ReadLines(file).Index()
                      where line.Item.Length > 140
                      select $"{file}:{line.Index + 1}";
        Assert.Empty(tooLong);
    }

    static IEnumerable<string> Sources() =>
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.FullPath, "src"), "*", SearchOption.AllDirectories)
        let parts = file.Split(Path.DirectorySeparatorChar)
        where Path.GetExtension(file) is ".cs" or ".razor" && !parts.Contains("obj") && !parts.Contains("bin")
        select file;

    static int Depth(IType type) => IsOurs(type) ? Array.IndexOf(fromTheTop, FolderOf(type)) : -1;

    static bool IsOurs(IType type) => type.Namespace is not null && type.Assembly.Name.Split(',')[0] is "Alerts.Grains"
        && type.Namespace.FullName.StartsWith("Alerts.", StringComparison.Ordinal);

    // Alerts.Search.Ebay lies in Search. Types that travel by their old name keep Alerts.Email, which is Mail.
    static string FolderOf(IType type) => type.Namespace.FullName.Split('.')[1] is var folder and not "Email" ? folder : "Mail";
}
