#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'New-SkmCollection' {
    Context 'where there is no home' {
        BeforeAll {
            $script:fresh = Join-Path $TestDrive 'fresh'
            $script:made = New-SkmCollection -Name mine -SkillMeatHome $fresh
        }

        It 'makes the home with the collection as the active one' {
            $made.Name | Should -Be 'mine'
            $made.IsActive | Should -BeTrue
            $made.ArtifactCount | Should -Be 0
            (Get-SkmCollection -SkillMeatHome $fresh).Name | Should -Be 'mine'
        }

        It 'makes the files and folders that Python SkillMeat makes' {
            'config.toml', 'collections/mine/collection.toml', 'collections/mine/collection.lock' |
                ForEach-Object { Join-Path $fresh $_ | Should -Exist }
            (Get-ChildItem -LiteralPath (Join-Path $fresh 'collections/mine') -Directory).Name | Should -Be 'agents', 'commands', 'skills'
        }
    }

    Context 'in a home' {
        BeforeAll {
            $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
        }

        It 'makes an empty collection and leaves the active one as it is' {
            $new = New-SkmCollection work -SkillMeatHome $sample
            $new.Name | Should -Be 'work'
            $new.IsActive | Should -BeFalse
            (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'default'
        }

        It 'makes it the active one when asked to' {
            (New-SkmCollection -Name next -Active -SkillMeatHome $sample).IsActive | Should -BeTrue
            (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'next'
        }

        It 'takes several names from the pipeline' {
            ('one', 'two' | New-SkmCollection -SkillMeatHome $sample).Name | Should -Be 'one', 'two'
        }

        It 'leaves a collection alone that is there already' {
            $before = Get-HomeState -Path $sample
            $failure = Get-Failure { New-SkmCollection -Name default -SkillMeatHome $sample }
            $failure.FullyQualifiedErrorId | Should -Be 'CollectionExists,SkillMeat.Cmdlets.Commands.NewSkmCollectionCommand'
            $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
            Get-HomeState -Path $sample | Should -Be $before
        }

        It "refuses the name '<_>'" -ForEach '../up', 'a/b', '.hidden' {
            $before = Get-HomeState -Path $TestDrive
            $failure = Get-Failure { New-SkmCollection -Name $_ -SkillMeatHome $sample }
            $failure.FullyQualifiedErrorId | Should -Be 'InvalidArgument,SkillMeat.Cmdlets.Commands.NewSkmCollectionCommand'
            Get-HomeState -Path $TestDrive | Should -Be $before
        }

        It 'makes no home for a name that can not be one' {
            $absent = Join-Path $TestDrive 'absent'
            (Get-Failure { New-SkmCollection -Name 'a/b' -SkillMeatHome $absent }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $absent | Should -Not -Exist
        }
    }

    It 'makes the named collection where the configuration names another as the active one' {
        $configured = Join-Path $TestDrive 'configured'
        $null = New-SkmCollection -Name first -SkillMeatHome $configured
        Remove-Item -LiteralPath (Join-Path $configured 'collections') -Recurse
        (New-SkmCollection -Name second -SkillMeatHome $configured).Name | Should -Be 'second'
    }
}
