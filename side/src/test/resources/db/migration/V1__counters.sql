-- The one feature of the application that stands for any side in these tests.
create table counter (
    name  text primary key,
    value int not null
);

select strangler.fence_feature('counters', '${side}', array['Counter']);
select strangler.fence_table('counters', 'counter');
