using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Alerts.Tests;

/// <summary>The folders of src/Grains depend downward only, so that the code can be read in one order.</summary>
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

    static int Depth(IType type) => IsOurs(type) ? Array.IndexOf(fromTheTop, FolderOf(type)) : -1;

    static bool IsOurs(IType type) => type.Namespace is not null && type.Assembly.Name.Split(',')[0] is "Alerts.Grains"
        && type.Namespace.FullName.StartsWith("Alerts.", StringComparison.Ordinal);

    // Alerts.Search.Ebay lies in Search. Types that travel by their old name keep Alerts.Email, which is Mail.
    static string FolderOf(IType type) => type.Namespace.FullName.Split('.')[1] is var folder and not "Email" ? folder : "Mail";
}
